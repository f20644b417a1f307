package io.bywash.simulation.oracle;

import io.bywash.core.event.RecordPosition;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Judges what an application is handed that reads for itself, and follows what it marks. */
public final class ReadJudge {
    private final Truth truth;
    private final Activity activity;
    private final HandoverJudge handovers;
    private final Map<Object, Ownership> readUnder = new IdentityHashMap<>();
    private final Set<Truth.Place> streams = new HashSet<>();

    ReadJudge(Truth truth, Activity activity, HandoverJudge handovers) {
        this.truth = truth;
        this.activity = activity;
        this.handovers = handovers;
    }

    /** A partition gets a stream of its own, which keeps it until it is closed. */
    public void opened(String process, TopicPartition partition) {
        Truth.Place place = new Truth.Place(process, partition);
        if (!streams.add(place)) {
            truth.report(Invariant.I4, place + ": a stream begins while another is open");
        }
        activity.begins(place);
    }

    /** The stream of a partition is closed. */
    public void closed(String process, TopicPartition partition) {
        Truth.Place place = new Truth.Place(process, partition);
        streams.remove(place);
        activity.ends(place);
    }

    /**
     * A record is handed out.
     *
     * @param process to whom
     * @param read what stands for it until it is marked
     * @param record the record
     * @param text what was kept with the offset at which its partition began here
     */
    public void taken(String process, Object read, ConsumerRecord<byte[], byte[]> record, Optional<String> text) {
        Truth.Place place = new Truth.Place(process, new TopicPartition(record.topic(), record.partition()));
        Optional<Ownership> owner = truth.owner(place);
        if (owner.isEmpty()) {
            truth.report(
                    Invariant.I6,
                    place + ": " + record.offset() + " is handed out although the partition was given up");
            return;
        }
        if (owner.get().handout().resetTo().isPresent()) {
            truth.report(Invariant.I6, place + ": " + record.offset() + " is handed out after a reset");
        }
        readUnder.put(read, owner.get());
        taken(owner.get(), record, text);
    }

    private void taken(Ownership owner, ConsumerRecord<byte[], byte[]> record, Optional<String> text) {
        long offset = record.offset();
        if (!owner.wasDelivered(offset)) {
            truth.report(Invariant.I6, owner + ": " + offset + " is handed out, which a former owner was given");
        } else if (!owner.waiting().containsKey(offset)) {
            truth.report(Invariant.I5, owner + ": " + offset + " is handed out twice, or although it is complete");
        } else if (owner.waiting().firstKey() != offset) {
            truth.report(
                    Invariant.I4,
                    owner + ": " + offset + " is handed out before "
                            + owner.waiting().firstKey());
        }
        if (!text.equals(owner.textAtStart())) {
            truth.report(
                    Invariant.TEXT, owner + ": begins with the text " + text + " instead of " + owner.textAtStart());
        }
        owner.handout().take(offset);
    }

    /**
     * A record is marked, and all before it.
     *
     * @param read what it was {@linkplain #taken taken} as
     * @param at where it stands
     * @param text what is to be kept with the offset, if anything is
     */
    public void marked(Object read, RecordPosition at, Optional<String> text) {
        mark(Optional.ofNullable(readUnder.get(read)), at, text);
    }

    /** The same, for whatever record stands at a position now, if it has been taken. */
    public void marked(String process, RecordPosition at, Optional<String> text) {
        mark(truth.owner(new Truth.Place(process, at.partition())), at, text);
    }

    /** Reading is to go on at a record again. If it was taken under an ownership that is over, or was reset before, nothing happens. */
    public void reset(Object read, long offset) {
        Optional.ofNullable(readUnder.get(read))
                .filter(owner -> !owner.isOver())
                .ifPresent(owner -> owner.handout().reset(offset));
    }

    private void mark(Optional<Ownership> named, RecordPosition at, Optional<String> text) {
        Optional<Ownership> owner =
                named.filter(given -> !given.isOver() && given.handout().mayMark(at.offset()));
        if (owner.isEmpty()) {
            truth.tally().add(Tally.Kind.LATE_MARKS);
            truth.of(at.partition()).handledLate(at.offset());
            return;
        }
        truth.tally().add(Tally.Kind.MARKS);
        handovers.goesOn(owner.get().client());
        owner.get().openThrough(at.offset()).forEach(offset -> truth.done(owner.get(), offset));
        owner.get().mark(at.offset(), text);
    }
}
