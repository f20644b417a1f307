package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each key is a queue of its own, whatever its bytes, and is there only while something is in it. */
class KeyTableTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithAMapOfQueues(long seed) {
        Random random = new Random(seed);
        Model model = new Model(new KeyTable(random.nextLong()));
        List<byte[]> keys = keys(random, 1 + random.nextInt(2_000));
        for (int step = 0; step < 50_000; step++) {
            // Long spells of growth and of decline, so that it is nearly empty and very full by turns.
            boolean growing = step / 5_000 % 2 == 0;
            if (random.nextInt(10) < (growing ? 7 : 3)) {
                model.enter(keys.get(random.nextInt(keys.size())));
            } else {
                model.leave(random);
            }
        }
        model.leaveAll(random);
    }

    @Test
    void keepsKeysApartWhoseHashesAreEqual() {
        long seed = 42;
        List<byte[]> colliding = colliding(seed);
        KeyTable table = new KeyTable(seed);
        List<Item> heads = new ArrayList<>();
        for (byte[] key : colliding) {
            Item head = Records.item(heads.size(), key);
            assertEquals(head, table.enter(head, key), "no other key keeps it");
            heads.add(head);
        }
        assertEquals(heads.get(0).hash, heads.get(1).hash);
        assertEquals(colliding.size(), table.size());
        Item second = Records.item(100, colliding.get(1));
        table.enter(second, colliding.get(1));
        assertNull(table.leave(heads.get(0)));
        assertSame(second, table.leave(heads.get(1)));
    }

    @Test
    void takesKeysOfAnyLength() {
        KeyTable table = new KeyTable(7);
        List<Item> items = new ArrayList<>();
        for (int length : new int[] {0, 1, 7, 8, 9, 15, 16, 17, 1 << 20}) {
            byte[] key = new byte[length];
            Item item = Records.item(length, key);
            assertEquals(item, table.enter(item, key), () -> "zeros of length " + key.length);
            items.add(item);
        }
        items.forEach(item -> assertNull(table.leave(item)));
        assertEquals(0, table.size());
    }

    @Test
    void holdsNoKeyThatIsOver() {
        KeyTable table = new KeyTable(7);
        Deque<Item> window = new ArrayDeque<>();
        byte[] key = new byte[Long.BYTES];
        for (long number = 0; number < 1_000_000; number++) {
            byte[] fresh = ByteBuffer.wrap(key.clone()).putLong(number).array();
            Item item = Records.item(number, fresh);
            assertEquals(item, table.enter(item, fresh));
            window.add(item);
            if (window.size() > 50) {
                table.leave(window.remove());
            }
            assertTrue(table.size() <= 51, () -> table.size() + " keys for 51 items");
        }
        window.forEach(table::leave);
        assertEquals(0, table.size());
    }

    @Test
    void spreadsKeysThatDifferInAFewBits() {
        Map<Integer, Integer> hashes = new HashMap<>();
        KeyTable table = new KeyTable(7);
        for (long number = 0; number < 10_000; number++) {
            byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(number << 32).array();
            Item item = Records.item(number, key);
            table.enter(item, key);
            hashes.merge(item.hash & 0x3fff, 1, Integer::sum);
        }
        int most = hashes.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        assertTrue(most <= 10, most + " of 10,000 keys in one of 16,384 buckets");
    }

    @Test
    void refusesToLetOneGoThatIsNotTheFirst() {
        KeyTable table = new KeyTable(7);
        byte[] key = {1};
        table.enter(Records.item(0, key), key);
        Item second = Records.item(1, key);
        table.enter(second, key);
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> table.leave(second));
        assertEquals("the record at offset 1 is not the first of its key", refusal.getMessage());
    }

    private static List<byte[]> keys(Random random, int count) {
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[random.nextInt(20)];
            random.nextBytes(key);
            keys.add(key);
        }
        return keys;
    }

    /** Among 300,000 hashes of 32 bits about ten are there twice. */
    private static List<byte[]> colliding(long seed) {
        KeyTable table = new KeyTable(seed);
        Map<Integer, byte[]> seen = new HashMap<>();
        for (long number = 0; number < 300_000; number++) {
            byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
            Item item = Records.item(number, key);
            table.enter(item, key);
            byte[] other = seen.put(item.hash, key);
            if (other != null) {
                return List.of(other, key);
            }
        }
        throw new AssertionError("no two of 300,000 keys have the same hash; is it wider than 32 bits?");
    }

    private static final class Model {
        private final Map<ByteBuffer, Deque<Item>> queues = new HashMap<>();
        private final List<ByteBuffer> present = new ArrayList<>();
        private final KeyTable table;
        private long offset;

        Model(KeyTable table) {
            this.table = table;
        }

        void enter(byte[] key) {
            // Another array each time, as two records never share one.
            byte[] copy = key.clone();
            Item item = Records.item(offset++, copy);
            Deque<Item> queue = queues.computeIfAbsent(ByteBuffer.wrap(key), added -> {
                present.add(added);
                return new ArrayDeque<>();
            });
            assertEquals(queue.isEmpty(), table.enter(item, copy) == item, "runs at once");
            queue.add(item);
            assertEquals(queues.size(), table.size());
        }

        void leave(Random random) {
            if (present.isEmpty()) {
                return;
            }
            int index = random.nextInt(present.size());
            ByteBuffer key = present.get(index);
            Deque<Item> queue = queues.get(key);
            Item heir = table.leave(queue.remove());
            assertSame(queue.peek(), heir);
            if (queue.isEmpty()) {
                queues.remove(key);
                present.set(index, present.get(present.size() - 1));
                present.remove(present.size() - 1);
            }
            assertEquals(queues.size(), table.size());
        }

        void leaveAll(Random random) {
            while (!present.isEmpty()) {
                leave(random);
            }
            assertEquals(0, table.size());
        }
    }
}
