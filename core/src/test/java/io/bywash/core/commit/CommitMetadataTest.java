package io.bywash.core.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.FailedRecord.Standing;
import io.bywash.core.session.Origin;
import io.bywash.core.session.TopicId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels with an offset arrives as it was sent; what is foreign or damaged is passed over. */
class CommitMetadataTest {
    private static final long COMMITTED = 7;
    private static final TopicId TOPIC = TopicId.parse("QoJ3oTmC-r2_").orElseThrow();
    private static final Instant START = Instant.ofEpochMilli(1_767_225_600_123L);

    @Test
    void keepsItsWrittenForm() throws IOException {
        CommitMetadata all = new CommitMetadata(
                Optional.of(START),
                Optional.of(TOPIC),
                List.of(new FailedRecord(7, 2, 3, Standing.HALTED), new FailedRecord(9, -1, 1, Standing.PENDING)),
                DoneRanges.of(new long[] {8, 9, 12, 400}, 2),
                Optional.of("mine u=too"));
        String written = "bywash/1 s=1767225600123 t=" + TOPIC + " f=7@2:3:halted f=9:1 d=eULpAwEAA4MD u=mine u=too";
        assertEquals(written, all.encode(COMMITTED, 4096));
        assertTrue(
                Files.readString(Path.of("../DESIGN.md")).contains("\n" + written + "\n"),
                "the documentation's example");
    }

    @Test
    void comesBackAsItWas() {
        List<List<FailedRecord>> failures = List.of(
                List.of(),
                List.of(new FailedRecord(Long.MAX_VALUE, Integer.MAX_VALUE, 12, Standing.HALTED)),
                List.of(new FailedRecord(7, -1, 1, Standing.PENDING), new FailedRecord(8, 0, 2, Standing.HALTED)));
        for (Optional<Instant> start : List.of(Optional.<Instant>empty(), Optional.of(START))) {
            for (List<FailedRecord> failed : failures) {
                for (DoneRanges done : List.of(DoneRanges.NONE, DoneRanges.of(new long[] {8, 9}, -1))) {
                    assertComesBack(new CommitMetadata(start, Optional.empty(), failed, done, Optional.empty()));
                    for (String user : new String[] {"", " ", "a=b f=1:2", "ünï\ncode"}) {
                        assertComesBack(new CommitMetadata(start, Optional.of(TOPIC), failed, done, Optional.of(user)));
                    }
                }
            }
        }
    }

    private static void assertComesBack(CommitMetadata metadata) {
        String text = metadata.encode(COMMITTED, 4096);
        assertEquals(Optional.of(metadata), CommitMetadata.decode(COMMITTED, text), text);
    }

    @Test
    void leavesOutWhatDoesNotFitFromTheEnd() {
        CommitMetadata all = new CommitMetadata(
                Optional.of(START),
                Optional.of(TOPIC),
                List.of(new FailedRecord(7, 4, 3, Standing.HALTED), new FailedRecord(9, -1, 1, Standing.PENDING)),
                DoneRanges.of(new long[] {8, 9, 12, 400}, 2),
                Optional.of("mine"));
        String whole = all.encode(COMMITTED, 4096);
        Set<String> forms = new LinkedHashSet<>();
        for (int most = whole.length(); most >= 0; most--) {
            String text = all.encode(COMMITTED, most);
            forms.add(text);
            int least = "bywash/1 s=1767225600123 u=mine".length();
            assertTrue(text.length() <= Math.max(most, least), text + " has more than " + most);
            assertTrue(CommitMetadata.decode(COMMITTED, text).isPresent(), text);
        }
        assertEquals(
                List.of(
                        "bywash/1 s=1767225600123 t=" + TOPIC + " f=7@4:3:halted f=9:1 d=eULpAwEAA4MD u=mine",
                        "bywash/1 s=1767225600123 t=" + TOPIC + " f=7@4:3:halted f=9:1 d=XVY2AwEA u=mine",
                        "bywash/1 s=1767225600123 t=" + TOPIC + " f=7@4:3:halted f=9:1 u=mine",
                        "bywash/1 s=1767225600123 t=" + TOPIC + " f=7@4:3:halted u=mine",
                        "bywash/1 s=1767225600123 t=" + TOPIC + " d=XVY2AwEA u=mine",
                        "bywash/1 s=1767225600123 t=" + TOPIC + " u=mine",
                        "bywash/1 s=1767225600123 u=mine"),
                List.copyOf(forms));
    }

    @Test
    void anOrderThatIsNotCarriedOutLeavesTheRecordHalted() {
        for (Standing standing : List.of(Standing.RETRY_ORDERED, Standing.SKIP_ORDERED)) {
            CommitMetadata ordered = new CommitMetadata(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new FailedRecord(7, 4, 3, standing)),
                    DoneRanges.NONE,
                    Optional.empty());
            assertEquals("bywash/1 f=7@4:3:halted", ordered.encode(COMMITTED, 4096));
        }
    }

    @Test
    void readsWhatALaterVersionAdds() {
        assertEquals(
                Optional.of(new CommitMetadata(
                        Optional.of(START), Optional.empty(), List.of(), DoneRanges.NONE, Optional.empty())),
                CommitMetadata.decode(COMMITTED, "bywash/1 z=new s=1767225600123 acks=AAAA"));
    }

    /** A later version may tell it otherwise. */
    @ParameterizedTest
    @ValueSource(strings = {"", "orders", "QoJ3oTmC-r2_8", "QoJ3oTmC+r2/"})
    void aTopicThatIsNotReadableIsPassedOver(String topic) {
        CommitMetadata read =
                CommitMetadata.decode(7, "bywash/1 s=5 t=" + topic + " f=7:1").orElseThrow();
        assertEquals(Optional.of(Instant.ofEpochMilli(5)), read.groupStart());
        assertEquals(Optional.empty(), read.topic());
        assertEquals(1, read.failed().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "somebody else's",
                "bywash/2 s=1",
                "bywash/10 s=1",
                "bywash/1x",
                "bywash/1 s=",
                "bywash/1 s=yesterday",
                "bywash/1 s=99999999999999999999",
                "bywash/1 f=",
                "bywash/1 f=7",
                "bywash/1 f=7:many",
                "bywash/1 f=7:-1",
                "bywash/1 f=-7:1",
                "bywash/1 f=7:1:broken",
                "bywash/1 f=7@:1",
                "bywash/1 f=7@-1:1",
                "bywash/1 f=@1:1",
                "bywash/1 f=7@x:1",
                "bywash/1 f=7:1 f=8"
            })
    void passesOverWhatIsForeignOrDamaged(String text) {
        assertEquals(Optional.empty(), CommitMetadata.decode(COMMITTED, text));
        Origin origin = CommittedOffset.origin("topic-0", new OffsetAndMetadata(5, Optional.of(2), text));
        assertEquals(
                new Origin(
                        5,
                        Optional.of(2),
                        List.of(),
                        DoneRanges.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!!", "AwEA", "XVY2AwE", "XVY2AwEB", "d66DAQEA"})
    void rangesThatAreDamagedOrOfAnotherOffsetTakeNothingElseAlong(String ranges) {
        CommitMetadata read = CommitMetadata.decode(COMMITTED, "bywash/1 s=5 f=7:1 d=" + ranges + " u=mine")
                .orElseThrow();
        assertTrue(read.done().isEmpty());
        assertEquals(Optional.of(Instant.ofEpochMilli(5)), read.groupStart());
        assertEquals(1, read.failed().size());
        assertEquals(Optional.of("mine"), read.user());
    }

    @Test
    void takesAnEmptyTextForNothing() {
        CommitMetadata nothing =
                new CommitMetadata(Optional.empty(), Optional.empty(), List.of(), DoneRanges.NONE, Optional.empty());
        assertEquals(Optional.of(nothing), CommitMetadata.decode(COMMITTED, ""));
        assertEquals(Optional.of(nothing), CommitMetadata.decode(COMMITTED, null));
    }
}
