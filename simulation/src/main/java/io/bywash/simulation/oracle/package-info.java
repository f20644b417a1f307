/**
 * Judges a run: follows what the clients and the handler do, works out by itself what must be true, and reports the first thing that
 * is not. Believes the engine in one point only: that a record was skipped, which it then checks against the failure policy.
 */
package io.bywash.simulation.oracle;
