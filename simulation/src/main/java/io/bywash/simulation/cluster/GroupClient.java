package io.bywash.simulation.cluster;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * A client as its membership sees it: partitions come and go, and whoever has to know is told.
 *
 * @param name the name of the client
 * @param instance its {@code group.instance.id}, if it has one
 * @param cluster what it is a client of
 * @param holdings the partitions that it holds
 * @param listener is called back
 */
record GroupClient(
        String name,
        Optional<String> instance,
        SimCluster cluster,
        Holdings holdings,
        ConsumerRebalanceListener listener) {

    void assign(Set<TopicPartition> coming) {
        coming.forEach(cluster::mayLoseEnd);
        holdings.add(coming);
        cluster.observer().assigned(name, coming);
        listener.onPartitionsAssigned(coming);
    }

    void revoke(Set<TopicPartition> going) {
        cluster.observer().releasing(name, going);
        listener.onPartitionsRevoked(going);
        cluster.observer().released(name, going);
        holdings.remove(going);
    }

    void lose(Set<TopicPartition> gone) {
        cluster.observer().lost(name, gone);
        listener.onPartitionsLost(gone);
        holdings.remove(gone);
    }

    /** Returns those that are held and not among others. */
    Set<TopicPartition> heldWithout(Collection<TopicPartition> others) {
        Set<TopicPartition> rest = holdings.partitions();
        rest.removeAll(others);
        return rest;
    }

    /** Returns those among some that are not held. */
    Set<TopicPartition> notHeld(Collection<TopicPartition> some) {
        Set<TopicPartition> rest = new TreeSet<>(SimCluster.ORDER);
        rest.addAll(some);
        rest.removeAll(holdings.partitions());
        return rest;
    }
}
