/**
 * Runs of the real engine over a simulated group, each decided by a seed. {@link io.bywash.simulation.Simulation} is the way in;
 * {@link io.bywash.simulation.Scenario} says what a seed stands for.
 */
package io.bywash.simulation;
