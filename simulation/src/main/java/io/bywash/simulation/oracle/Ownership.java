package io.bywash.simulation.oracle;

import io.bywash.core.session.FailedRecord;
import io.bywash.simulation.cluster.PartitionLog;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What one client did with one partition, from being told that it is its own until it gave it up or was told that it lost it. */
final class Ownership {
    private final Truth.Place place;
    private final Precedence precedence;
    private final Map<Long, Committed> starts = new HashMap<>();
    private final NavigableMap<Long, ConsumerRecord<byte[], byte[]>> delivered = new TreeMap<>();
    private final NavigableMap<Long, ConsumerRecord<byte[], byte[]>> open = new TreeMap<>();
    private final Map<Long, Long> shares = new HashMap<>();
    private final Set<Long> complete = new HashSet<>();
    private final Set<Long> doubtful = new HashSet<>();
    private final Map<Long, Integer> called = new HashMap<>();
    private final Attempts attempts;
    private final Handout handout = new Handout();
    private Committed start = Committed.NOTHING;
    private long next;
    private long asked;
    private boolean begun;
    private final Deque<Jump> unheard = new ArrayDeque<>();
    private boolean over;

    /** A position that moves without reading. */
    record Jump(long from, long to) {}

    Ownership(Truth.Place place, Precedence precedence, Committed committed, Attempts attempts) {
        this.place = place;
        this.precedence = precedence;
        this.attempts = attempts;
        mayStartAt(committed);
    }

    /** Returns an ownership of the same owner that begins at an offset, whatever the client is told of what is committed. */
    Ownership anew(long offset) {
        Committed from = new Committed(offset, Optional.empty(), Set.of(), Optional.empty(), Map.of());
        Ownership after = new Ownership(place, precedence, from, Attempts.unknown());
        after.begun = true;
        return after;
    }

    private void startAt(Committed committed) {
        start = committed;
        next = committed.offset();
        asked = committed.offset();
    }

    /** Notes what the client was told is committed: an owner that was taken for dead unawares may hear of what its successor did. */
    void mayStartAt(Committed committed) {
        starts.put(committed.offset(), committed);
        if (!begun) {
            startAt(committed);
        }
    }

    /** Tells whether the client may go on somewhere else: where its log begins by now, or where it has to begin. */
    boolean mayGoTo(long offset, long logStart) {
        if (offset > next && offset <= logStart) {
            unheard.add(new Jump(next, offset));
            next = offset;
            // What the client may be told later of what is committed does not take it back.
            begun = true;
            return true;
        }
        return !begun || offset == next;
    }

    /** Returns a jump that no event has told of. */
    Optional<Jump> unheard() {
        return Optional.ofNullable(unheard.peek());
    }

    /** Takes note of an event that tells of a jump; returns whether it is the first that was not heard of. */
    boolean hears(Jump jump) {
        boolean was = jump.equals(unheard.peek());
        if (was) {
            unheard.remove();
        }
        return was;
    }

    /** Takes note of an event that tells where a partition begins without a commit. */
    void starts(long position) {
        Jump first = unheard.peek();
        if (first != null && first.to() == position && start.equals(Committed.NOTHING)) {
            unheard.remove();
        }
    }

    /** Tells whether a position is where reading must go on, or may begin. */
    boolean readsOnAt(long position) {
        if (!begun && starts.containsKey(position)) {
            startAt(starts.get(position));
        }
        begun = true;
        return position == next;
    }

    String client() {
        return place.client();
    }

    TopicPartition partition() {
        return place.partition();
    }

    Truth.Place place() {
        return place;
    }

    Attempts attempts() {
        return attempts;
    }

    /** Returns where reading must go on. */
    long next() {
        return next;
    }

    void deliver(PartitionLog.Fetched fetched) {
        share(fetched.records());
        for (ConsumerRecord<byte[], byte[]> record : fetched.records()) {
            delivered.put(record.offset(), record);
            if (start.told().contains(record)) {
                complete.add(record.offset());
            } else {
                open.put(record.offset(), record);
            }
        }
        next = fetched.next();
    }

    /** Gives each record of a fetch an equal share of its bytes, which is what it may be counted with. */
    private void share(List<ConsumerRecord<byte[], byte[]>> fetched) {
        long left = bytes(fetched);
        for (int i = 0; i < fetched.size(); i++) {
            long part = left / (fetched.size() - i);
            shares.put(fetched.get(i).offset(), part);
            left -= part;
        }
    }

    /** Returns how many bytes a record may be counted with: its share of those that were fetched with it. */
    long share(long offset) {
        return shares.getOrDefault(offset, 0L);
    }

    boolean wasDelivered(long offset) {
        return delivered.containsKey(offset);
    }

    void complete(long offset) {
        complete.add(offset);
        open.remove(offset);
    }

    boolean isComplete(long offset) {
        return complete.contains(offset);
    }

    /** Notes that a record, though handled, may count as failed, if its call was late. */
    void doubt(long offset) {
        doubtful.add(offset);
    }

    boolean isSurelyComplete(long offset) {
        return complete.contains(offset) && !doubtful.contains(offset);
    }

    /** Tells whether a record is complete, here or by what a former owner told, be it read again or not. */
    boolean knowsComplete(ConsumerRecord<byte[], byte[]> record) {
        return complete.contains(record.offset()) || start.told().contains(record);
    }

    /** Returns the first delivered record that is not complete, or else where reading goes on. */
    long frontier() {
        return open.isEmpty() ? next : open.firstKey();
    }

    /** Returns the first record that has to be complete before another is worked on, and is not. */
    Optional<Long> obstacle(ConsumerRecord<byte[], byte[]> record) {
        return obstacle(record, Set.of());
    }

    /** Returns the same, for one that is worked on together with others. */
    Optional<Long> obstacle(ConsumerRecord<byte[], byte[]> record, Set<Long> together) {
        for (ConsumerRecord<byte[], byte[]> before :
                open.headMap(record.offset()).values()) {
            if (!together.contains(before.offset()) && precedence.ties(before, record)) {
                return Optional.of(before.offset());
            }
        }
        return Optional.empty();
    }

    /** Returns what the commit that this ownership began with tells of a record, if that has failed. */
    Optional<FailedRecord> told(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(start.failed().get(record.offset())).filter(failed -> failed.isAbout(record));
    }

    /** Returns how many attempts the commit that this ownership began with tells that a record had. */
    int toldAttempts(ConsumerRecord<byte[], byte[]> record) {
        return told(record).map(FailedRecord::attempts).orElse(0);
    }

    /** Returns how often a record may have failed at most. */
    int mostAttempts(ConsumerRecord<byte[], byte[]> record) {
        int begun = toldAttempts(record) + called.getOrDefault(record.offset(), 0);
        return attempts.most(record.offset(), begun);
    }

    /** Returns how often a record that a commit tells of may have failed at most, be it delivered or not. */
    int mostAttempts(FailedRecord failed) {
        return Optional.ofNullable(delivered.get(failed.offset()))
                .filter(failed::isAbout)
                .map(this::mostAttempts)
                .orElse(Optional.ofNullable(start.failed().get(failed.offset()))
                        .map(FailedRecord::attempts)
                        .orElse(0));
    }

    /** Returns a record that this ownership was given, or was before it was lost by its log. */
    Optional<ConsumerRecord<byte[], byte[]>> record(long offset) {
        return Optional.ofNullable(delivered.get(offset));
    }

    void called(long offset) {
        called.merge(offset, 1, Integer::sum);
    }

    /** Returns the first record that nothing keeps from being called for the first time. */
    Optional<Long> callable() {
        return open.values().stream()
                .filter(record -> !called.containsKey(record.offset()))
                .filter(record -> !start.failed().containsKey(record.offset()))
                .filter(record -> obstacle(record).isEmpty() && !mayWaitForDoubtful(record))
                .map(ConsumerRecord::offset)
                .findFirst();
    }

    /** Tells whether a record before another, though handled, may count as failed and keep that from being called. */
    private boolean mayWaitForDoubtful(ConsumerRecord<byte[], byte[]> record) {
        return !doubtful.isEmpty()
                && delivered.headMap(record.offset()).values().stream()
                        .anyMatch(before -> doubtful.contains(before.offset()) && precedence.ties(before, record));
    }

    /** Returns the first record that is complete and that a commit says nothing about. */
    Optional<Long> untold(Committed committed) {
        return delivered.tailMap(committed.offset()).values().stream()
                .filter(record ->
                        isSurelyComplete(record.offset()) && !committed.told().contains(record))
                .map(ConsumerRecord::offset)
                .findFirst();
    }

    /** Returns the records that were delivered and are not complete. */
    Collection<ConsumerRecord<byte[], byte[]>> open() {
        return open.values();
    }

    /** Returns how far an application that reads for itself has come. */
    Handout handout() {
        return handout;
    }

    /** Notes a mark of an application. One before the beginning, of a record of a former ownership, goes back. */
    void mark(long offset, Optional<String> text) {
        if (offset >= start.offset()) {
            handout.mark(offset, text);
        }
    }

    /** Returns the open records that are in the buffer, or at work with a handler. */
    NavigableMap<Long, ConsumerRecord<byte[], byte[]>> waiting() {
        return open.tailMap(handout.takenThrough(), false);
    }

    /** Returns the open records up to an offset. */
    List<Long> openThrough(long offset) {
        return List.copyOf(open.headMap(offset, true).keySet());
    }

    /** Returns what has to be kept with an offset. */
    Optional<String> textAt(long offset) {
        return handout.textAt(offset).or(start::text);
    }

    /** Returns what was kept with the offset at which this ownership began. */
    Optional<String> textAtStart() {
        return start.text();
    }

    /** Returns how much memory must be counted: each record with its share of what was fetched with it. */
    long waitingBytes() {
        return waiting().keySet().stream().mapToLong(this::share).sum();
    }

    private static long bytes(Collection<ConsumerRecord<byte[], byte[]>> records) {
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        }
        return bytes;
    }

    /** Returns the epoch that has to be committed with an offset. */
    Optional<Integer> epochBelow(long offset) {
        Map.Entry<Long, ConsumerRecord<byte[], byte[]>> last = delivered.lowerEntry(offset);
        return last == null ? start.leaderEpoch() : last.getValue().leaderEpoch();
    }

    /** Takes note of a commit; returns the highest one before. */
    long ask(long offset) {
        long before = asked;
        asked = Math.max(asked, offset);
        return before;
    }

    void end() {
        over = true;
    }

    /** Tells whether results no longer count. */
    boolean isOver() {
        return over;
    }

    @Override
    public String toString() {
        return place.partition() + " of " + place.client();
    }
}
