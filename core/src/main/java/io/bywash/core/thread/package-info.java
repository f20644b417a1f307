/**
 * The seam between work and whatever runs it. Work is a {@link io.bywash.core.thread.Step}; a
 * {@link io.bywash.core.thread.StepRunner} gives it a thread, or runs it from a seeded scheduler. Time and waiting are handed in
 * through here as well. Uses no other package of the engine.
 */
package io.bywash.core.thread;
