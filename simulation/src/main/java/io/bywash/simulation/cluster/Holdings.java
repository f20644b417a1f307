package io.bywash.simulation.cluster;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** The partitions a client holds, with what is forgotten when it gives one up: position, pause, and the end of the log as last heard. */
final class Holdings {
    private final Map<TopicPartition, Holding> held = new TreeMap<>(SimCluster.ORDER);

    /** What is known of one partition. */
    static final class Holding {
        private OptionalLong position = OptionalLong.empty();
        private Optional<Integer> leaderEpoch = Optional.empty();
        private OptionalLong heardEnd = OptionalLong.empty();
        private boolean paused;

        OptionalLong position() {
            return position;
        }

        /** Returns the leader epoch of what is read before the position, if that is known. */
        Optional<Integer> leaderEpoch() {
            return leaderEpoch;
        }

        void moveTo(long offset, Optional<Integer> epoch) {
            position = OptionalLong.of(offset);
            leaderEpoch = epoch;
        }

        void hearEnd(long offset) {
            heardEnd = OptionalLong.of(offset);
        }

        OptionalLong lag() {
            return position.isPresent() && heardEnd.isPresent()
                    ? OptionalLong.of(Math.max(0, heardEnd.getAsLong() - position.getAsLong()))
                    : OptionalLong.empty();
        }

        boolean isPaused() {
            return paused;
        }

        void pause() {
            paused = true;
        }

        void resume() {
            paused = false;
        }
    }

    /** Returns what is known of a partition; like the client, refuses to speak of one that is not held. */
    Holding get(TopicPartition partition) {
        Holding holding = held.get(partition);
        if (holding == null) {
            throw new IllegalStateException("No current assignment for partition " + partition);
        }
        return holding;
    }

    Map<TopicPartition, Holding> all() {
        return held;
    }

    Set<TopicPartition> partitions() {
        Set<TopicPartition> partitions = new TreeSet<>(SimCluster.ORDER);
        partitions.addAll(held.keySet());
        return partitions;
    }

    Set<TopicPartition> paused() {
        Set<TopicPartition> paused = new TreeSet<>(SimCluster.ORDER);
        held.forEach((partition, holding) -> {
            if (holding.isPaused()) {
                paused.add(partition);
            }
        });
        return paused;
    }

    void add(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> held.put(partition, new Holding()));
    }

    void remove(Collection<TopicPartition> partitions) {
        partitions.forEach(held::remove);
    }
}
