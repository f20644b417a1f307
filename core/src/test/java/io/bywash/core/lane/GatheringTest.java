package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.bywash.core.fixture.Await;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.Batching;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Groups go when they are full or due, in that order, and nothing is held of those that went. */
class GatheringTest {
    private static final Duration WAIT = Duration.ofMinutes(1);

    private final PartitionSession session = new PartitionSession(
            new TopicPartition(LaneBench.TOPIC, 0), 1, Origin.fresh(0, Instant.EPOCH), Integer.MAX_VALUE);
    private long now;
    private final Gathering gathering = new Gathering(session, new Batching(2, 1 << 20, WAIT), () -> now);

    private static List<Item> group(Item head) {
        return ((Result.Group) Objects.requireNonNull(head.result)).items();
    }

    /** Lets a second item join a first, as the order of a key does. */
    private void fill(Item head, Item second) {
        gathering.ready(head);
        head.behind = second;
        gathering.joined(head, second);
    }

    @Test
    void holdsNothingOfGroupsThatWentBeforeOneThatWaits() {
        Item patient = Records.item(0, new byte[] {1});
        gathering.ready(patient);
        List<WeakReference<Item>> gone = new ArrayList<>();
        for (long offset = 1; offset < 2_000; offset += 2) {
            Item head = Records.item(offset, new byte[] {2});
            fill(head, Records.item(offset + 1, new byte[] {2}));
            assertEquals(head, gathering.poll());
            assertEquals(2, group(head).size());
            gone.add(new WeakReference<>(head));
        }
        assertNull(gathering.poll());
        Await.until("those that went are held", () -> {
            System.gc();
            return gone.stream().filter(one -> one.get() != null).count() <= 1;
        });
        now += WAIT.toNanos();
        assertEquals(patient, gathering.poll());
        assertEquals(Supply.NEVER, gathering.due());
    }

    @Test
    void thoseThatAreFullGoFirstAndTheOthersWhenTheyAreDue() {
        Item first = Records.item(0, new byte[] {1});
        Item second = Records.item(1, new byte[] {2});
        gathering.ready(first);
        now += 1;
        gathering.ready(second);
        Item full = Records.item(2, new byte[] {3});
        fill(full, Records.item(3, new byte[] {3}));
        assertEquals(WAIT.toNanos(), gathering.due());
        assertEquals(full, gathering.poll());
        assertNull(gathering.poll());
        now = WAIT.toNanos();
        assertEquals(first, gathering.poll());
        assertNull(gathering.poll(), "the second came later");
        now++;
        assertNotNull(gathering.poll());
        assertNull(gathering.poll());
    }
}
