package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.KeyLog;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.settings.Ordering;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.Listener;
import io.bywash.testkit.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under a running group the broker comes back with less room for text, which it can be told at its start alone. */
class NarrowedBrokerTest {
    private static final int WIDE = 4_096;
    private static final int NARROW = 100;

    @TempDir
    Path data;

    private final int port = Ports.next();
    private final KeyLog log = new KeyLog();
    private final KeyLog later = new KeyLog();
    private final Gate first = new Gate();
    private final Gate others = new Gate();
    private final EventLog events = new EventLog();

    private EmbeddedKafka broker(int room) {
        return EmbeddedKafka.builder()
                .listener(Listener.plaintext("PLAIN").port(port))
                .dataDirectory(data)
                .property("offset.metadata.max.bytes", String.valueOf(room))
                .start();
    }

    @Test
    void whatFitsIsToldAndOnlyTheRestIsHandledAgainAfterAnAbruptEnd() {
        EmbeddedKafka wide = broker(WIDE);
        TestGroup group = TestGroup.on(wide, 1);
        List<String> written = group.produceTo(
                0, IntStream.range(0, 300).mapToObj(i -> "key " + i).toList());
        Meddler meddler = new Meddler();
        try (Members members = new Members()) {
            GroupConsumer consumer =
                    members.start(holding(group).listener(events).environment(meddler.environment()));
            others.awaitWaiting(99);
            Await.until(
                    () -> "much is told: " + group.commit(0),
                    () -> commit(wide, group).metadata().length() > 2 * NARROW);
            wide.close();
            try (EmbeddedKafka narrow = broker(NARROW)) {
                first.open();
                Await.until(
                        () -> "the offset is committed: " + commit(narrow, group) + ", " + events.all(),
                        () -> commit(narrow, group).offset() == 3);
                meddler.cutOff();
                consumer.close(Duration.ofMillis(200));
                assertFalse(events.of(GroupEvent.CommitFailed.class).isEmpty(), "the broker refused the whole");
                OffsetAndMetadata told = commit(narrow, group);
                assertTrue(told.metadata().length() <= NARROW, told::metadata);
                DoneRanges done = CommittedOffset.origin("it", told).done();
                assertFalse(done.isEmpty(), "as much as fits is told");

                members.start(group.member("b", later.handler()).ordering(Ordering.key(100)));
                Await.until(
                        () -> "no lag: " + commit(narrow, group),
                        () -> commit(narrow, group).offset() == written.size());
                assertEquals(
                        untold(written, told.offset(), done),
                        later.begun().stream().sorted().toList());
            }
        }
    }

    /** All records with odd offsets wait, so that what is complete lies in between. */
    private GroupConsumerBuilder holding(TestGroup group) {
        return group.member("a", log.handler((record, context) -> {
                    if (record.offset() == 1) {
                        first.pass();
                    } else if (record.offset() % 2 == 1) {
                        others.pass();
                    }
                }))
                .ordering(Ordering.key(100));
    }

    private static List<String> untold(List<String> written, long from, DoneRanges done) {
        List<String> untold = new ArrayList<>(written.subList((int) from, written.size()));
        for (int range = 0; range < done.count(); range++) {
            untold.removeAll(written.subList((int) done.first(range), (int) done.end(range)));
        }
        return untold.stream().sorted().toList();
    }

    private static OffsetAndMetadata commit(EmbeddedKafka kafka, TestGroup group) {
        return kafka.committedOffsets(group.name()).getOrDefault(group.partition(0), new OffsetAndMetadata(0));
    }
}
