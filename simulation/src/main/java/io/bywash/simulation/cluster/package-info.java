/**
 * A Kafka cluster without brokers: logs, one consumer group, and the clients' interfaces over them. As strict as the real thing where
 * the engine could rely on too much, and as unhelpful as the {@link io.bywash.simulation.cluster.Faults} say. Tells a
 * {@link io.bywash.simulation.cluster.ClusterObserver} what happens, and judges nothing.
 */
package io.bywash.simulation.cluster;
