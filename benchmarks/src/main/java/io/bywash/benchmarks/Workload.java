package io.bywash.benchmarks;

/**
 * What a round consumes.
 *
 * @param bootstrap the broker
 * @param topic the topic, filled before the first round
 * @param group a group that nobody used before
 */
record Workload(String bootstrap, String topic, String group) {}
