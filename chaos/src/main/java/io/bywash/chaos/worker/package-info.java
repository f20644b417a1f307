/** The process that consumes, and the journal it leaves behind even when it is killed. Used by the oracle and the trials. */
package io.bywash.chaos.worker;
