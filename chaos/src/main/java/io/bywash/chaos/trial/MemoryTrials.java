package io.bywash.chaos.trial;

import io.bywash.chaos.load.HotKey;
import io.bywash.chaos.load.Produced;
import io.bywash.chaos.oracle.Position;
import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.process.Patience;
import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Mark;
import io.bywash.chaos.worker.Memory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Small heaps. */
final class MemoryTrials {
    private static final String[] THREE = {"a", "b", "c"};
    private static final Duration SPELL = Duration.ofSeconds(5);

    /** More at once would only show how long the hot key takes for them. */
    private static final long AS_MANY_AS_CAME = 0;

    private static final int MOST_PERCENT = 80;
    private static final double LEAST_SHARE = 0.8;

    /** Batches that are a thousand times larger than what is sent of them. */
    private static final Map<String, Object> COMPRESSED =
            Map.of("compression.type", "zstd", "batch.size", 12 << 20, "linger.ms", 200, "buffer.memory", 256 << 20);

    private MemoryTrials() {}

    /** Records of 1 MB in heaps of 256 MB, most of them of one key, which falls behind; the others keep up. */
    static Verdict tight(Stage stage, Share share) throws IOException {
        Plan plan = Plan.of(stage.name("heap"), share.protocol(), new HotKey())
                .with(Memory.TIGHT)
                .with(Plan.Times.LONG_SESSION)
                .withLoad(HotKey.PER_SECOND, COMPRESSED);
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster(THREE);
            for (int i = 0; i < share.faults(); i++) {
                run.fault("hot key");
                long begin = Line.now();
                Patience.pass(SPELL);
                // What was acknowledged is looked at first, so that nothing of it comes after what was begun.
                List<Produced> produced = List.copyOf(run.traffic().acknowledged());
                compare(produced, begin, run.crew().begun()).forEach(run::finding);
            }
            Verdict verdict = Demands.noRepetition(run.conclude(AS_MANY_AS_CAME));
            int live = run.crew().largestAttempt(Mark.HEAP);
            return live > 0 && live <= MOST_PERCENT ? verdict : verdict.with(List.of(live + " % of a heap were live"));
        }
    }

    /** What is wrong with how far the records of a spell have come: those of the hot key fall behind, and the others do not. */
    static List<String> compare(Collection<Produced> produced, long since, Set<Position> begun) {
        List<Produced> ofSpell =
                produced.stream().filter(record -> record.micros() >= since).toList();
        double cold =
                share(ofSpell.stream().filter(record -> !HotKey.isHot(record)).toList(), begun);
        double hot = share(ofSpell.stream().filter(HotKey::isHot).toList(), begun);
        List<String> findings = new ArrayList<>();
        if (cold < LEAST_SHARE) {
            findings.add("only " + cold + " of the records beside the hot key were begun in a spell");
        }
        if (hot > cold) {
            findings.add("the hot key was not behind: " + hot + " of its records were begun, of others " + cold);
        }
        return findings;
    }

    /** The share that was begun; of none, nothing was. */
    private static double share(List<Produced> records, Set<Position> begun) {
        long count = records.stream()
                .filter(record -> begun.contains(new Position(record.partition(), record.offset())))
                .count();
        return records.isEmpty() ? 0 : (double) count / records.size();
    }
}
