package io.bywash.benchmarks.scenario;

import io.bywash.benchmarks.load.Content;
import io.bywash.benchmarks.load.Content.WorkTime;
import io.bywash.benchmarks.load.Keys;
import io.bywash.benchmarks.scenario.Scenario.Handler;
import io.bywash.benchmarks.scenario.Scenario.Load;
import io.bywash.benchmarks.subject.Contestant;
import io.bywash.benchmarks.subject.Way;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** All that is measured. Each library has the setting that suits it best and keeps its order. */
public final class Scenarios {
    private static final int PARTITIONS = 8;
    private static final int SMALL = 100;
    private static final int LARGE = 1024;
    private static final Load BACKLOG = new Load.Backlog();
    private static final Keys THOUSAND_KEYS = new Keys.Uniform(1_000);
    private static final Keys MANY_KEYS = new Keys.Uniform(100_000);
    private static final Content DRAINED = content(3_000_000, SMALL, MANY_KEYS);

    private static final Contestant AS_IT_COMES = Contestant.of(Way.PLAIN_LOOP_AS_IT_COMES);
    private static final Contestant PLAIN_LOOP = Contestant.of(Way.PLAIN_LOOP);
    private static final Contestant THREADS = Contestant.of(Way.THREAD_PER_PARTITION);
    private static final Contestant PARTITION = Contestant.of(Way.BYWASH_PARTITION);
    private static final Contestant WATCHED = Contestant.of(Way.BYWASH_WATCHED);
    private static final Contestant SPRING_BATCH = new Contestant(Way.SPRING_BATCH, PARTITIONS);
    private static final Contestant SPRING_RECORD = new Contestant(Way.SPRING_RECORD, PARTITIONS);
    private static final Contestant REACTOR_INLINE = Contestant.of(Way.REACTOR_INLINE);

    private Scenarios() {}

    /**
     * Returns all scenarios.
     *
     * @return them in the order they are run in
     */
    public static List<Scenario> all() {
        return List.of(
                drain("drain", "Drain, 8 partitions, 3,000,000 x 100 B", DRAINED),
                watched(),
                drain("drain-1k", "Drain, 8 partitions, 500,000 x 1 KiB", content(500_000, LARGE, MANY_KEYS)),
                io(),
                cpu(),
                latency(),
                headOfLine(),
                manyPartitions(),
                randomIo(),
                skew());
    }

    private static Content content(int records, int valueBytes, Keys keys) {
        return new Content(PARTITIONS, records, valueBytes, keys, WorkTime.NONE);
    }

    private static Content slow(int records, Keys keys, WorkTime work) {
        return new Content(PARTITIONS, records, SMALL, keys, work);
    }

    private static int micros(int millis) {
        return Math.toIntExact(TimeUnit.MILLISECONDS.toMicros(millis));
    }

    /** Returns the ways that can be told how many records to handle at once, all but those with an order of their own. */
    private static Stream<Contestant> concurrent(int concurrency) {
        return Stream.of(
                        Way.BYWASH_KEY,
                        Way.BYWASH_NONE,
                        Way.PARALLEL_PARTITION,
                        Way.PARALLEL_KEY,
                        Way.PARALLEL_UNORDERED,
                        Way.REACTOR_KEY)
                .map(way -> new Contestant(way, concurrency));
    }

    /** Returns the ways that keep the order of the keys and handle several keys at once. */
    private static Stream<Contestant> byKey(int concurrency) {
        return Stream.of(Way.BYWASH_KEY, Way.PARALLEL_KEY, Way.REACTOR_KEY)
                .map(way -> new Contestant(way, concurrency));
    }

    private static List<Contestant> contestants(Stream<Contestant> some, Stream<Contestant> others) {
        return Stream.concat(some, others).toList();
    }

    private static Scenario drain(String name, String title, Content content) {
        Stream<Contestant> ordered = Stream.of(
                AS_IT_COMES, PLAIN_LOOP, THREADS, PARTITION, WATCHED, SPRING_BATCH, SPRING_RECORD, REACTOR_INLINE);
        return new Scenario(name, title, content, Handler.COUNTS, BACKLOG, contestants(ordered, concurrent(16)));
    }

    /** What it costs to have all metrics on and asked for, against none. */
    private static Scenario watched() {
        return new Scenario(
                "watched",
                "Drain, 8 partitions, 3,000,000 x 100 B, all metrics on against off",
                DRAINED,
                Handler.COUNTS,
                BACKLOG,
                List.of(PARTITION, WATCHED));
    }

    private static Scenario io() {
        // So many lanes are cheap only as virtual threads.
        Stream<Contestant> most =
                Runtime.version().feature() >= 24 ? Stream.of(new Contestant(Way.BYWASH_KEY, 1_000)) : Stream.empty();
        Stream<Contestant> ordered = Stream.of(
                THREADS, PLAIN_LOOP, PARTITION, SPRING_BATCH, new Contestant(Way.PARALLEL_PARTITION, PARTITIONS));
        return new Scenario(
                "io",
                "Handler waits 5 ms, 8 partitions, 20,000 records, 1,000 keys",
                slow(20_000, THOUSAND_KEYS, random -> micros(5)),
                Handler.WAITS,
                BACKLOG,
                contestants(ordered, Stream.concat(byKey(128), most)));
    }

    private static Scenario cpu() {
        Stream<Contestant> ordered = Stream.of(THREADS, PLAIN_LOOP, PARTITION, SPRING_BATCH, REACTOR_INLINE);
        return new Scenario(
                "cpu",
                "Handler computes for 20 us, 8 partitions, 600,000 records",
                content(600_000, SMALL, MANY_KEYS),
                Handler.COMPUTES,
                BACKLOG,
                contestants(ordered, concurrent(16)));
    }

    private static Scenario latency() {
        Stream<Contestant> ordered = Stream.of(
                AS_IT_COMES,
                PLAIN_LOOP,
                THREADS,
                PARTITION,
                new Contestant(Way.SPRING_BATCH, 1),
                new Contestant(Way.SPRING_RECORD, 1),
                REACTOR_INLINE);
        return new Scenario(
                "latency",
                "Delay at a steady 2,000 records a second, 8 partitions",
                content(32_000, SMALL, THOUSAND_KEYS),
                Handler.WAITS,
                new Load.Steady(2_000, 0.375),
                contestants(ordered, concurrent(16)));
    }

    private static Scenario headOfLine() {
        Stream<Contestant> ordered = Stream.of(PLAIN_LOOP, THREADS, PARTITION, SPRING_BATCH);
        return new Scenario(
                "head-of-line",
                "Delay of the fast records at 500 a second, when 0.5 % take 500 ms, 8 partitions, 1,000 keys",
                slow(15_000, THOUSAND_KEYS, random -> random.nextInt(200) == 0 ? micros(500) : 0),
                Handler.WAITS,
                new Load.Steady(500, 0.2),
                contestants(ordered, byKey(128)));
    }

    private static Scenario manyPartitions() {
        Stream<Contestant> ordered =
                Stream.of(AS_IT_COMES, PLAIN_LOOP, THREADS, PARTITION, SPRING_BATCH, REACTOR_INLINE);
        return new Scenario(
                "many-partitions",
                "Drain, 1,000 partitions, 1,000,000 x 100 B",
                new Content(1_000, 1_000_000, SMALL, MANY_KEYS, WorkTime.NONE),
                Handler.COUNTS,
                BACKLOG,
                contestants(ordered, concurrent(16)));
    }

    private static Scenario randomIo() {
        return new Scenario(
                "random-io",
                "Handler waits 0 to 5 ms, 1 partition, 10,000 records, 1,000 keys, 100 at once",
                new Content(1, 10_000, SMALL, THOUSAND_KEYS, random -> random.nextInt(micros(5))),
                Handler.WAITS,
                BACKLOG,
                List.of(
                        new Contestant(Way.PARALLEL_KEY, 100),
                        new Contestant(Way.BYWASH_KEY, 100),
                        new Contestant(Way.REACTOR_KEY, 100)));
    }

    private static Scenario skew() {
        Stream<Contestant> ordered = Stream.of(THREADS, PARTITION, SPRING_BATCH);
        return new Scenario(
                "skew",
                "Handler waits 1 ms, 8 partitions, 20,000 records, 1,000 keys by Zipf's law",
                slow(20_000, new Keys.Zipf(1_000), random -> micros(1)),
                Handler.WAITS,
                BACKLOG,
                contestants(ordered, byKey(128)));
    }
}
