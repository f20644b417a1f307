/**
 * Hands records to an application that drives the loop itself, on the same sessions and ledgers as handlers. Used by the entry points
 * alone; knows no poll loop and asks it through {@link io.bywash.core.pull.PollRequests}.
 */
package io.bywash.core.pull;
