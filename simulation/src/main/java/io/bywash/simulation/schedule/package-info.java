/**
 * Runs steps one at a time, in an order that a seed decides, by a clock that only the schedule moves. Takes the place of threads,
 * time and waiting in the engine; knows nothing of Kafka.
 */
package io.bywash.simulation.schedule;
