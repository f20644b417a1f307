package io.bywash.simulation.oracle;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.simulation.cluster.ClusterObserver;
import io.bywash.simulation.cluster.PartitionLog;
import io.bywash.simulation.cluster.Topics;
import io.bywash.simulation.schedule.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Is told of everything, by the cluster, by the handler and by the operators, and knows after every step whether what must be true is.
 * Processes are told apart by their names.
 */
public final class Oracle implements ClusterObserver {
    private static final Duration LONGEST_POLL_GAP = Duration.ofSeconds(15);

    private final Stage stage;
    private final Truth truth;
    private final Members members;
    private final CommitJudge commits;
    private final CallJudge calls;
    private final HandoverJudge handovers;
    private final LetterJudge letters;
    private final PromptJudge prompt;
    private final PositionJudge positions;
    private final EventJudge events;
    private final ReadJudge reads;
    private final Activity activity;
    private final Map<String, Long> polls = new HashMap<>();

    /**
     * Creates an oracle.
     *
     * @param stage the clock and the trace of the run
     * @param topics what is read
     * @param terms what the engine was told
     * @param limits how much it may take at once
     * @param prospects tells what may come of another attempt at a record
     */
    public Oracle(
            Stage stage,
            Topics topics,
            Terms terms,
            Limits limits,
            Function<ConsumerRecord<byte[], byte[]>, Prospect> prospects) {
        this.stage = stage;
        this.members = new Members(terms);
        this.truth = new Truth(topics, stage.trace());
        this.commits = new CommitJudge(truth);
        this.calls = new CallJudge(truth, members, new BoundsJudge(truth, members, limits.batching()), stage.clock());
        this.activity = new Activity(stage.clock());
        this.handovers = new HandoverJudge(truth, calls, activity, stage.clock(), members);
        this.prompt = new PromptJudge(truth, calls, handovers, members, stage.clock());
        this.positions = new PositionJudge(truth, limits.buffers());
        this.letters = new LetterJudge(truth, terms.failures(), prospects);
        this.reads = new ReadJudge(truth, activity, handovers);
        this.events = new EventJudge(truth, members, handovers, positions, letters);
    }

    /** Looks at everything that can be seen at any time; returns the first thing found so far. */
    public Optional<Finding> look() {
        commits.look();
        prompt.look();
        return truth.finding();
    }

    /** Returns who judges what applications are handed that read for themselves. */
    public ReadJudge reads() {
        return reads;
    }

    /** Reports something that only the one who runs the simulation can see. */
    public void report(Invariant invariant, String how) {
        truth.report(invariant, how);
    }

    /** Tells whether somebody is done with every record there is and its offset is committed, and that of whatever follows it. */
    public boolean isEverythingDone() {
        return truth.partitions().stream()
                .allMatch(partition -> partition.lowestOpen() == partition.log().end()
                        && partition.committedOffset() == partition.log().end()
                        && !partition.isGoingBack());
    }

    /** Says how far every partition is. */
    public String progress() {
        StringBuilder text = new StringBuilder();
        for (PartitionTruth partition : truth.partitions()) {
            text.append(partition.partition())
                    .append(" done below ")
                    .append(partition.lowestOpen())
                    .append(", committed ")
                    .append(partition.committedOffset())
                    .append(" of ")
                    .append(partition.log().end())
                    .append("; ");
        }
        return text.toString();
    }

    /** Returns what happened so far, in numbers. */
    public Tally tally() {
        return truth.tally();
    }

    /** A call begins: for records, or if there are none, to tell the handler something. */
    public void callBegins(String process, List<ConsumerRecord<byte[], byte[]>> about) {
        if (about.isEmpty()) {
            activity.noticeBegins(process);
            return;
        }
        Truth.Place place = placeOf(process, about.get(0));
        stage.trace()
                .note(
                        process,
                        "calls for " + place.partition() + " "
                                + about.stream().map(ConsumerRecord::offset).toList());
        about.forEach(record -> {
            activity.begins(place);
            events.orders().goesOn(place, record.offset());
        });
        calls.begins(place, about);
    }

    /** The handler returned from a call and still works on its record. */
    public void workGoesOn(String process, ConsumerRecord<?, ?> record) {
        calls.hold(placeOf(process, record), record.offset());
    }

    /** The handler is done with a record whose call returned before. */
    public void workEnds(String process, ConsumerRecord<?, ?> record) {
        Truth.Place place = placeOf(process, record);
        activity.ends(place);
        calls.letGo(place, record.offset());
    }

    /** The engine asks for the end of the work on a record. */
    public void interrupted(String process, ConsumerRecord<?, ?> record) {
        Truth.Place place = placeOf(process, record);
        stage.trace().note(process, "interrupts the work on " + place.partition() + "@" + record.offset());
        boolean goes = truth.owner(place).isEmpty() || !handovers.isStaying(place);
        calls.interrupted(place, record.offset(), goes);
    }

    /** The handler comes to the end of an attempt. */
    public void attempted(String process, ConsumerRecord<?, ?> record, int attempt, Optional<Throwable> failure) {
        stage.trace()
                .note(
                        process,
                        "attempt " + attempt + " at " + record.offset()
                                + failure.map(thrown -> " failed: " + thrown.getMessage())
                                        .orElse(" done"));
        calls.attempt(process, record, attempt, failure);
    }

    /** A call for several records failed, and nobody knows at which. */
    public void failedTogether() {
        truth.tally().add(Tally.Kind.FAILED_CALLS);
        truth.tally().add(Tally.Kind.FAILED_TOGETHER);
    }

    /** A call is over. */
    public void callEnds(String process, List<ConsumerRecord<byte[], byte[]>> about) {
        if (about.isEmpty()) {
            activity.noticeEnds(process);
        }
        for (ConsumerRecord<byte[], byte[]> record : about) {
            Truth.Place place = placeOf(process, record);
            if (!calls.isHeld(place, record.offset())) {
                activity.ends(place);
            }
            calls.ends(place, record);
        }
    }

    private static Truth.Place placeOf(String process, ConsumerRecord<?, ?> record) {
        return new Truth.Place(process, new TopicPartition(record.topic(), record.partition()));
    }

    /** The handler is told something about a partition. */
    public void told(String process, TopicPartition partition, Notice notice) {
        calls.told(new Truth.Place(process, partition), notice);
    }

    /** Tells whether a record still waits for an operator. */
    public boolean isHalted(String process, RecordPosition at) {
        Truth.Place place = new Truth.Place(process, at.partition());
        return events.orders().isHalted(place, at.offset())
                && truth.owner(place)
                        .filter(owner -> !owner.isSurelyComplete(at.offset()))
                        .isPresent();
    }

    /** An operator has a record skipped that is halted. */
    public void skipOrdered(String process, RecordPosition at) {
        events.orders().skip(new Truth.Place(process, at.partition()), at.offset());
    }

    /** An operator has a record tried again that is halted. */
    public void retryOrdered(String process, RecordPosition at) {
        truth.owner(new Truth.Place(process, at.partition()))
                .ifPresent(owner -> owner.attempts().forget(at.offset()));
    }

    /** Tells whether a process is in the middle of a commit that it gives partitions up with. */
    public boolean isCommitting(String process) {
        return handovers.isCommitting(process);
    }

    /** A process begins, with terms of its own. */
    public void joins(String process, Terms terms) {
        members.joins(process, terms);
    }

    /** A process is no more. */
    public void crashed(String process) {
        truth.tally().add(Tally.Kind.CRASHES);
        handovers.crashed(process);
        calls.crashed(process);
    }

    /** A process is over in good order, and so is all that it had under way. */
    public void ended(String process) {
        calls.notices().requireAllTold(process);
    }

    /** A process is asked to stop within a time. */
    public void stopping(String process, Duration timeout) {
        handovers.stopping(process, timeout);
    }

    /** A process tells something. */
    public void event(String process, GroupEvent event) {
        events.heard(process, event);
    }

    @Override
    public void polled(String client) {
        positions.polled(client);
        gap(client);
        polls.put(client, stage.clock().now());
    }

    private void gap(String client) {
        long gap =
                stage.clock().now() - polls.getOrDefault(client, stage.clock().now());
        if (gap > LONGEST_POLL_GAP.toNanos()) {
            truth.report(Invariant.I10, client + " did not poll for " + Duration.ofNanos(gap));
        }
    }

    @Override
    public void assigned(String client, Set<TopicPartition> partitions) {
        note(client, "assigned", partitions);
        handovers.assigned(client, partitions);
    }

    @Override
    public void releasing(String client, Set<TopicPartition> partitions) {
        note(client, "gives up", partitions);
        gap(client);
        handovers.releasing(client, partitions);
    }

    @Override
    public void released(String client, Set<TopicPartition> partitions) {
        note(client, "gave up", partitions);
        handovers.released(client, partitions);
    }

    @Override
    public void lost(String client, Set<TopicPartition> partitions) {
        note(client, "lost", partitions);
        handovers.lost(client, partitions);
    }

    private void note(String client, String what, Set<TopicPartition> partitions) {
        stage.trace().note(client, what + " " + partitions);
    }

    @Override
    public void toldCommitted(String client, TopicPartition partition, Optional<OffsetAndMetadata> committed) {
        handovers.toldCommitted(new Truth.Place(client, partition), committed);
    }

    @Override
    public void fetched(String client, TopicPartition partition, long position, PartitionLog.Fetched fetched) {
        positions.fetched(new Truth.Place(client, partition), position, fetched);
    }

    @Override
    public void sought(String client, TopicPartition partition, long offset) {
        positions.sought(new Truth.Place(client, partition), offset);
    }

    @Override
    public void truncated(TopicPartition partition, long end) {
        truth.tally().add(Tally.Kind.TRUNCATIONS);
        truth.of(partition).truncated(end);
    }

    @Override
    public void commitSent(String client, Map<TopicPartition, OffsetAndMetadata> offsets) {
        handovers.drained(client);
        commits.sent(client, offsets);
    }

    @Override
    public void committed(String client, Map<TopicPartition, OffsetAndMetadata> offsets) {
        commits.applied(client, offsets);
    }

    @Override
    public void commitFailed(String client, Exception failure) {
        truth.tally().add(Tally.Kind.FAILED_COMMITS);
        stage.trace().note(client, "commit failed: " + failure.getMessage());
        handovers.commitFailed(client, failure);
    }

    @Override
    public void sent(String client, ProducerRecord<byte[], byte[]> record) {
        activity.begins(letters.source(client, record));
        letters.sent(client, record);
    }

    @Override
    public void refused(String client, ProducerRecord<byte[], byte[]> record) {
        activity.ends(letters.source(client, record));
        letters.refused(record);
    }

    @Override
    public void acknowledged(String client, ProducerRecord<byte[], byte[]> record) {
        activity.ends(letters.source(client, record));
        letters.acknowledged(record);
    }
}
