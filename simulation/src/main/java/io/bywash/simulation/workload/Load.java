package io.bywash.simulation.workload;

import io.bywash.simulation.schedule.Chance;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written to the topic.
 *
 * @param records how many records
 * @param burst how many at most at a time
 * @param natures what they may be, as often as each stands there
 * @param gaps how often nothing to read follows a record, from 0 to 1
 * @param keys what their keys are
 */
public record Load(int records, int burst, List<Nature> natures, double gaps, Keys keys) {

    private static final int MOST_PADDING = 100;

    /** Returns records of these natures. */
    public RecordSource source() {
        return (log, chance, now) -> {
            Nature nature = chance.pick(natures);
            byte @Nullable [] key = keys.draw(chance);
            long offset = log.append(key, nature.value(chance.below(MOST_PADDING)), now);
            String of = key == null ? " without a key" : " of " + new String(key, StandardCharsets.UTF_8);
            return offset + " " + nature + of;
        };
    }

    /** Leaves the good records out of the natures, which are many. */
    @Override
    public String toString() {
        List<Nature> others =
                natures.stream().filter(nature -> nature != Nature.GOOD).toList();
        return "Load[records=" + records + ", burst=" + burst + ", natures=" + others + " among " + natures.size()
                + ", gaps=" + gaps + ", keys=" + keys + "]";
    }

    /**
     * What keys records have.
     *
     * @param distinct how many there are
     * @param absent how often a record has none, from 0 to 1
     * @param hot how often it has the first one, whatever else might be drawn, from 0 to 1
     */
    public record Keys(int distinct, double absent, double hot) {

        byte @Nullable [] draw(Chance chance) {
            if (chance.happens(absent)) {
                return null;
            }
            int number = chance.happens(hot) ? 0 : chance.below(distinct);
            return ("key-" + number).getBytes(StandardCharsets.UTF_8);
        }
    }
}
