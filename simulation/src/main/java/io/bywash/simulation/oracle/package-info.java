/**
 * Judges a run: follows what the clients and the handler do, works out by itself what must be true, and reports the first thing that
 * is not. Believes the engine in two points only: that a record was skipped or halted, which it then checks against the failure policy and
 * the calls there were; and what it commits of attempts, which is held against the same calls.
 */
package io.bywash.simulation.oracle;
