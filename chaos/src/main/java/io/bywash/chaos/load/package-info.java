/** The producer of a run, and its log of what the brokers have acknowledged. Used by the trials and the oracle. */
package io.bywash.chaos.load;
