package io.bywash.tools.deadletter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Letters that go back in one transaction. Not thread-safe. */
final class RedriveBatch {
    private static final long MOST_BYTES = 8L << 20;

    private final int most;
    private final List<RedriveCopy> copies = new ArrayList<>();
    private final Set<TopicPartition> partitions = new HashSet<>();
    private long bytes;

    RedriveBatch(int most) {
        this.most = most;
    }

    void add(RedriveCopy copy) {
        copies.add(copy);
        partitions.add(copy.letter().position().partition());
        bytes += copy.letter().size();
    }

    boolean isFull() {
        return copies.size() >= most || bytes >= MOST_BYTES;
    }

    boolean isEmpty() {
        return copies.isEmpty();
    }

    List<RedriveCopy> copies() {
        return copies;
    }

    /** Returns the partitions the letters are from. */
    Set<TopicPartition> partitions() {
        return partitions;
    }

    Map<String, Long> byTarget() {
        return copies.stream().collect(Collectors.groupingBy(RedriveCopy::topic, Collectors.counting()));
    }

    void clear() {
        copies.clear();
        partitions.clear();
        bytes = 0;
    }
}
