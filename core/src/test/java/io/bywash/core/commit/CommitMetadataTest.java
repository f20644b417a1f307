package io.bywash.core.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels with an offset arrives as it was sent; what is foreign or damaged is passed over. */
class CommitMetadataTest {
    private static final Instant START = Instant.ofEpochMilli(1_767_225_600_123L);

    @Test
    void keepsItsWrittenForm() {
        CommitMetadata all = new CommitMetadata(
                Optional.of(START), Optional.of(new FailedRecord(7, 3, true)), Optional.of("mine u=too"));
        assertEquals("bywash/1 s=1767225600123 f=7:3:halted u=mine u=too", all.encode());
    }

    @Test
    void comesBackAsItWas() {
        for (Optional<Instant> start : List.of(Optional.<Instant>empty(), Optional.of(START))) {
            for (boolean halted : new boolean[] {true, false}) {
                for (String user : new String[] {"", " ", "a=b f=1:2", "ünï\ncode"}) {
                    assertComesBack(new CommitMetadata(
                            start, Optional.of(new FailedRecord(Long.MAX_VALUE, 12, halted)), Optional.of(user)));
                    assertComesBack(new CommitMetadata(start, Optional.empty(), Optional.of(user)));
                }
            }
            assertComesBack(new CommitMetadata(start, Optional.empty(), Optional.empty()));
        }
    }

    private static void assertComesBack(CommitMetadata metadata) {
        assertEquals(Optional.of(metadata), CommitMetadata.decode(metadata.encode()), metadata::encode);
    }

    @Test
    void readsWhatALaterVersionAdds() {
        assertEquals(
                Optional.of(new CommitMetadata(Optional.of(START), Optional.empty(), Optional.empty())),
                CommitMetadata.decode("bywash/1 z=new s=1767225600123 acks=AAAA"));
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
                "bywash/1 f=7:1:broken"
            })
    void passesOverWhatIsForeignOrDamaged(String text) {
        assertEquals(Optional.empty(), CommitMetadata.decode(text));
        Origin origin = CommittedOffset.origin("topic-0", new OffsetAndMetadata(5, Optional.of(2), text));
        assertEquals(new Origin(5, Optional.of(2), Optional.empty(), Optional.empty(), Optional.empty()), origin);
    }

    @Test
    void takesAnEmptyTextForNothing() {
        CommitMetadata nothing = new CommitMetadata(Optional.empty(), Optional.empty(), Optional.empty());
        assertEquals(Optional.of(nothing), CommitMetadata.decode(""));
        assertEquals(Optional.of(nothing), CommitMetadata.decode(null));
    }
}
