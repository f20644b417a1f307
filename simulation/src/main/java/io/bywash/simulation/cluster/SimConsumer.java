package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.SteppedWork;
import java.time.Duration;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka consumer over the simulated cluster. As with the real one, callbacks for commits and rebalances run inside its calls, a
 * paused partition keeps its position, a partition that was given up is forgotten, and one actor alone may use it.
 */
final class SimConsumer implements PartialConsumer {
    /** How often others take steps in the middle of a poll; otherwise time passes after it, which costs less. */
    private static final double BLOCKS = 0.05;

    private final String client;
    private final SimCluster cluster;
    private final AssignmentProtocol protocol;
    private final Optional<String> instance;
    private final Holdings holdings = new Holdings();
    private final Fetcher fetcher;
    private final Actor owner;
    private Set<String> topics = Set.of();
    private @Nullable Subscribed subscribed;
    private boolean polling;
    private boolean closed;
    private boolean woken;

    /** What there is from the subscription on. */
    private record Subscribed(Membership membership, CommitChannel commits) {}

    SimConsumer(String client, SimCluster cluster, AssignmentProtocol protocol, Optional<String> instance) {
        this.client = client;
        this.cluster = cluster;
        this.protocol = protocol;
        this.instance = instance;
        cluster.serve(client, holdings);
        cluster.opened(client, this);
        this.fetcher = new Fetcher(client, cluster, holdings);
        this.owner = cluster.stage().scheduler().current();
    }

    /** Returns the name of the client. */
    String client() {
        return client;
    }

    private void check() {
        cluster.stage().scheduler().requireOpen();
        Actor current = cluster.stage().scheduler().current();
        if (!current.equals(owner)) {
            throw new ConcurrentModificationException(
                    "KafkaConsumer is not safe for multi-threaded access: it belongs to " + owner.name() + ", and "
                            + current.name() + " uses it");
        }
        if (closed) {
            throw new IllegalStateException("This consumer has already been closed.");
        }
    }

    /** As with the real one, a wake-up that meets no call that blocks waits for the next. */
    private void interruptIfWoken() {
        if (woken) {
            woken = false;
            throw new WakeupException();
        }
    }

    @Override
    public void wakeup() {
        woken = true;
    }

    private Subscribed subscribed() {
        if (subscribed == null) {
            throw new IllegalStateException("Consumer is not subscribed to any topics or assigned any partitions");
        }
        return subscribed;
    }

    @Override
    public void subscribe(Collection<String> wanted, ConsumerRebalanceListener listener) {
        check();
        topics = new TreeSet<>(wanted);
        if (subscribed == null) {
            join(listener);
        }
        subscribed().membership().subscribe(topics);
    }

    private void join(ConsumerRebalanceListener listener) {
        GroupClient member = new GroupClient(client, instance, cluster, holdings, listener);
        Membership membership = cluster.coordinator().membership(member, protocol);
        subscribed = new Subscribed(membership, new CommitChannel(client, cluster, membership));
        cluster.stage().scheduler().add(subscribed.commits());
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        Set<String> matching = new TreeSet<>(cluster.topics().names());
        matching.removeIf(name -> !pattern.matcher(name).matches());
        subscribe(matching, listener);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        check();
        interruptIfWoken();
        if (polling) {
            throw new IllegalStateException("poll was called from a callback of poll");
        }
        polling = true;
        try {
            return turn(timeout);
        } finally {
            polling = false;
        }
    }

    private ConsumerRecords<byte[], byte[]> turn(Duration timeout) {
        cluster.observer().polled(client);
        subscribed().commits().deliverReplies();
        if (cluster.chance().happens(cluster.faults().pollFailed())) {
            throw new TimeoutException("the broker did not answer the poll");
        }
        subscribed().membership().poll();
        if (cluster.chance().happens(BLOCKS)) {
            cluster.stage()
                    .scheduler()
                    .until(() -> false, cluster.stage().ticksIn(cluster.chance().between(Duration.ZERO, timeout)));
        }
        ConsumerRecords<byte[], byte[]> found = fetcher.fetch();
        if (found.nextOffsets().isEmpty() && owner instanceof SteppedWork work) {
            work.rest(cluster.chance().between(Duration.ZERO, timeout));
        }
        return found;
    }

    @Override
    public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        check();
        subscribed().commits().sendAsync(offsets, callback);
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        check();
        interruptIfWoken();
        subscribed().commits().sendSync(offsets, timeout);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions, Duration timeout) {
        check();
        if (cluster.chance().happens(cluster.faults().offsetsUnavailable())) {
            throw new TimeoutException("the coordinator did not tell the committed offsets");
        }
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        partitions.forEach(partition -> {
            Optional<OffsetAndMetadata> offset = cluster.committed(partition);
            cluster.observer().toldCommitted(client, partition, offset);
            committed.put(partition, offset.orElse(null));
        });
        return committed;
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        seek(partition, new OffsetAndMetadata(offset));
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata position) {
        check();
        holdings.get(partition).moveTo(position.offset(), position.leaderEpoch());
        cluster.observer().sought(client, partition, position.offset());
    }

    @Override
    public long position(TopicPartition partition) {
        check();
        return holdings.get(partition)
                .position()
                .orElseThrow(() -> new TimeoutException("there is no position of " + partition + " yet"));
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        check();
        partitions.forEach(partition -> holdings.get(partition).pause());
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        check();
        partitions.forEach(partition -> holdings.get(partition).resume());
    }

    @Override
    public Set<TopicPartition> paused() {
        check();
        return holdings.paused();
    }

    @Override
    public Set<TopicPartition> assignment() {
        check();
        return holdings.partitions();
    }

    @Override
    public Set<String> subscription() {
        check();
        return topics;
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
        check();
        return holdings.get(partition).lag();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        check();
        return cluster.describe(topic);
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return offsets(partitions, PartitionLog::start);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return offsets(partitions, PartitionLog::end);
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, Function<PartitionLog, Long> which) {
        check();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach(
                partition -> offsets.put(partition, which.apply(cluster.topics().log(partition))));
        return offsets;
    }

    @Override
    public void close(CloseOptions options) {
        check();
        try {
            if (subscribed != null) {
                leave(subscribed, options.timeout().orElse(Duration.ofSeconds(30)));
            }
        } finally {
            closed = true;
            cluster.closed(client, this);
        }
    }

    /** Leaves even if the last replies to commits say that it cannot go on. */
    private static void leave(Subscribed subscribed, Duration timeout) {
        try {
            subscribed.commits().close(timeout);
        } finally {
            subscribed.membership().leave();
        }
    }
}
