package io.bywash.core.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.FailedRecord.Standing;
import io.bywash.core.session.TopicId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.common.Uuid;

/** Whatever stands beside an offset is read as what was written, or as nothing; it never stops a consumer. */
class CommitMetadataFuzzTest {
    private static final long MOST = 1L << 40;

    @Property
    void anyTextIsReadOrPassedOver(@ForAll @LongRange(max = MOST) long committed, @ForAll String text) {
        CommitMetadata.decode(committed, text);
        CommitMetadata.decode(committed, "bywash/1 " + text);
        for (String field : List.of("s=", "t=", "f=", "d=", "u=")) {
            CommitMetadata.decode(committed, "bywash/1 " + field + text);
        }
    }

    @Property
    void whatIsWrittenIsRead(@ForAll @LongRange(max = MOST) long committed, @ForAll("metadata") Relative relative) {
        CommitMetadata metadata = relative.at(committed);
        String text = metadata.encode(committed, Integer.MAX_VALUE);
        assertEquals(Optional.of(metadata), CommitMetadata.decode(committed, text), text);
    }

    @Property
    void whatDoesNotFitIsLeftOutAndTheRestIsTrue(
            @ForAll @LongRange(max = MOST) long committed,
            @ForAll("metadata") Relative relative,
            @ForAll @IntRange(max = 300) int most) {
        CommitMetadata metadata = relative.at(committed);
        CommitMetadata read = CommitMetadata.decode(committed, metadata.encode(committed, most))
                .orElseThrow();
        assertEquals(metadata.groupStart(), read.groupStart());
        assertEquals(metadata.user(), read.user());
        assertTrue(read.topic().isEmpty() || read.topic().equals(metadata.topic()));
        assertEquals(metadata.failed().subList(0, read.failed().size()), read.failed());
        assertTrue(read.done().count() <= metadata.done().count());
        for (int range = 0; range < read.done().count(); range++) {
            assertEquals(metadata.done().first(range), read.done().first(range));
            assertEquals(metadata.done().end(range), read.done().end(range));
        }
    }

    /** What it says of an attempt may be another number then. What it says to be complete must not, or records would be lost. */
    @Property
    void ofADamagedTextNothingIsTakenForCompleteThatWasNot(
            @ForAll @LongRange(max = MOST) long committed,
            @ForAll("metadata") Relative relative,
            @ForAll @IntRange(max = 1 << 20) int place,
            @ForAll char damage) {
        CommitMetadata metadata = relative.at(committed);
        StringBuilder text = new StringBuilder(metadata.encode(committed, Integer.MAX_VALUE));
        Assume.that(!text.isEmpty());
        text.setCharAt(place % text.length(), damage);
        DoneRanges done = CommitMetadata.decode(committed, text.toString())
                .map(CommitMetadata::done)
                .orElse(DoneRanges.NONE);
        assertTrue(done.isEmpty() || done.equals(metadata.done()), () -> text + " gave " + done);
    }

    /** Metadata without the offset it stands beside: distances in the place of offsets. */
    private record Relative(
            Optional<Long> start, List<Failure> failed, List<Integer> gaps, int epoch, Optional<String> user) {

        CommitMetadata at(long committed) {
            long[] bounds = new long[gaps.size() / 2 * 2];
            long last = committed;
            for (int i = 0; i < bounds.length; i++) {
                last += gaps.get(i);
                bounds[i] = last;
            }
            return new CommitMetadata(
                    start.map(Instant::ofEpochMilli),
                    start.map(millis -> TopicId.of(String.valueOf(epoch), new Uuid(epoch, millis))),
                    failed.stream().map(failure -> failure.at(committed)).toList(),
                    bounds.length == 0 ? DoneRanges.NONE : DoneRanges.of(bounds, epoch),
                    user);
        }
    }

    private record Failure(int distance, int epoch, int attempts, boolean halted) {
        FailedRecord at(long committed) {
            return new FailedRecord(committed + distance, epoch, attempts, halted ? Standing.HALTED : Standing.PENDING);
        }
    }

    @Provide
    Arbitrary<Relative> metadata() {
        Arbitrary<Failure> failures = Combinators.combine(
                        Arbitraries.integers().between(0, 100_000),
                        Arbitraries.integers().between(-1, Integer.MAX_VALUE),
                        Arbitraries.integers().between(1, Integer.MAX_VALUE),
                        Arbitraries.of(true, false))
                .as(Failure::new);
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1L << 45).optional(),
                        failures.list().ofMaxSize(5),
                        Arbitraries.integers().between(1, 100_000).list().ofMaxSize(60),
                        Arbitraries.integers().between(-1, Integer.MAX_VALUE),
                        Arbitraries.strings().optional())
                .as(Relative::new);
    }
}
