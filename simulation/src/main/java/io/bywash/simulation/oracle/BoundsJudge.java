package io.bywash.simulation.oracle;

import io.bywash.core.settings.Batching;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Judges how much is asked of the handler at once: calls, records, bytes, time. */
final class BoundsJudge {
    /** The poll thread, which looks after calls, may be away: in a drain, or in a last commit. */
    private static final int TURNS = 2;

    private static final Duration SLACK = Duration.ofSeconds(2);

    private final Truth truth;
    private final Members members;
    private final Batching batching;
    private final Optional<Duration> longest;

    BoundsJudge(Truth truth, Members members, Batching batching) {
        this.truth = truth;
        this.members = members;
        this.batching = batching;
        Duration away =
                members.usual().timing().drainTimeout().multipliedBy(TURNS).plus(SLACK);
        this.longest = members.usual().failures().attemptTimeout().map(timeout -> timeout.plus(away));
    }

    /** Judges a call that begins. */
    void begins(Ownership owner, List<ConsumerRecord<byte[], byte[]>> records, int callsOfProcess) {
        Truth.Place place = owner.place();
        Precedence precedence = members.of(place.client()).precedence();
        int most = members.of(place.client()).mostCalls();
        if (callsOfProcess > most) {
            report(place, records, callsOfProcess + " calls at once, of at most " + most);
        }
        if (records.size() > batching.maxRecords()) {
            report(place, records, "a call for " + records.size() + " records, of at most " + batching.maxRecords());
        }
        long bytes = 0;
        Set<Long> offsets = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (!offsets.add(record.offset())) {
                report(place, records, "a call holds " + record.offset() + " twice");
            }
            if (offsets.size() > 1 && bytes >= batching.maxBytes()) {
                report(place, records, "a call goes on beyond " + bytes + " bytes, of at most " + batching.maxBytes());
            }
            bytes += owner.share(record.offset());
        }
        boolean tied = records.stream()
                .allMatch(record -> record.offset() == records.get(0).offset()
                        || precedence == Precedence.NONE
                        || precedence.ties(records.get(0), record));
        if (!tied) {
            report(place, records, "a call for records that do not wait for each other");
        }
    }

    /** Judges how long a call lasted that nobody interrupted, in nanoseconds. */
    void lasted(Truth.Place place, long offset, long nanos) {
        longest.filter(limit -> nanos > limit.toNanos())
                .ifPresent(limit -> truth.report(
                        Invariant.BOUNDS,
                        place + ": nobody ended the call for " + offset + " after " + Duration.ofNanos(nanos)));
    }

    private void report(Truth.Place place, List<ConsumerRecord<byte[], byte[]>> records, String how) {
        truth.report(
                Invariant.BOUNDS,
                place + ": " + how + ", at "
                        + records.stream().map(ConsumerRecord::offset).toList());
    }
}
