package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.ledger.DoneRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not between the incomplete records is not complete, and all else is. */
class IncompleteTest {
    private static final int EPOCH = 2;

    private final Incomplete incomplete = new Incomplete();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithASortedMap(long seed) {
        Random random = new Random(seed);
        TreeMap<Long, Item> model = new TreeMap<>();
        long next = random.nextInt(100);
        for (int step = 0; step < 3_000; step++) {
            if (random.nextInt(100) < (step / 500 % 2 == 0 ? 60 : 40)) {
                next += random.nextInt(3);
                Item item = Records.item(next++, null);
                model.put(item.record.offset(), item);
                incomplete.add(item);
            } else if (!model.isEmpty()) {
                List<Long> offsets = new ArrayList<>(model.keySet());
                incomplete.remove(model.remove(offsets.get(random.nextInt(offsets.size()))));
            }
            assertEquals(model.isEmpty(), incomplete.isEmpty());
            if (!model.isEmpty()) {
                assertEquals(model.firstKey(), incomplete.firstOffset());
            }
            long takenThrough = next - 1 + random.nextInt(3);
            assertEquals(between(model, takenThrough), incomplete.between(takenThrough, EPOCH));
        }
    }

    private static DoneRanges between(TreeMap<Long, Item> model, long takenThrough) {
        List<Long> bounds = new ArrayList<>();
        if (!model.isEmpty()) {
            for (long offset = model.firstKey(); offset <= takenThrough; offset++) {
                boolean complete = !model.containsKey(offset);
                boolean inRange = bounds.size() % 2 == 1;
                if (complete != inRange) {
                    bounds.add(offset);
                }
            }
            if (bounds.size() % 2 == 1) {
                bounds.add(takenThrough + 1);
            }
        }
        return DoneRanges.of(bounds.stream().mapToLong(Long::longValue).toArray(), EPOCH);
    }

    @Test
    void hasNothingBetweenIfAllIsComplete() {
        Item only = Records.item(3, null);
        incomplete.add(only);
        incomplete.remove(only);
        assertTrue(incomplete.isEmpty());
        assertEquals(DoneRanges.NONE, incomplete.between(100, EPOCH));
    }
}
