package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.Timer;
import io.bywash.core.metrics.BucketHistogram;
import io.bywash.core.settings.OnFailure;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (\\w+) \\| .+ \\|");

    private final CountDownLatch released = new CountDownLatch(1);
    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 2);
    }

    @AfterEach
    void closeGroup() {
        released.countDown();
        group.close();
    }

    private long meter(Member member, String name) {
        return ((Meter) member.metrics().getMetrics().get("bywash." + group.group() + "." + name)).getCount();
    }

    private void await(Member member, String meter, long count) {
        Eventually.holds(
                () -> meter + " is " + count + ", but was " + meter(member, meter),
                () -> meter(member, meter) == count);
    }

    private Optional<Long> gauge(Member member, String name) {
        Metric gauge = member.metrics().getMetrics().get("bywash." + group.group() + "." + name);
        return Optional.ofNullable((Gauge<?>) gauge).map(one -> (Long) one.getValue());
    }

    private void awaitGauge(Member member, String name, long least, long most) {
        Eventually.holds(
                () -> name + " is from " + least + " to " + most + ", but was " + gauge(member, name),
                () -> gauge(member, name)
                        .filter(value -> value >= least && value <= most)
                        .isPresent());
    }

    @Test
    void everythingThatHappensToARecordIsCounted() {
        Recording handler = new Recording((record, context) -> {
            if (record.value().equals("bad")) {
                throw new IllegalStateException("cannot take it");
            }
        });
        Member member = group.start(handler);
        group.produce(0, "good", "bad", "good");
        group.awaitCommitted(0, 3);

        await(member, "records", 3);
        await(member, "bytes", "key of goodgood".length() * 2 + "key of badbad".length());
        await(member, "handled", 2);
        await(member, "failed", 3);
        await(member, "retried", 2);
        await(member, "dead-lettered", 1);
        await(member, "skipped", 0);
        await(member, "late-results", 0);
        await(member, "rebalances", 1);
        Eventually.holds("commits are counted", () -> meter(member, "commits") > 0);
        Timer time = (Timer) member.metrics().getMetrics().get("bywash." + group.group() + ".handler-time");
        assertTrue(time.getCount() > 0);
        awaitGauge(member, "lag", 0, 0);
        awaitGauge(member, "buffered", 0, 0);
        awaitGauge(member, "partitions", 2, 2);
        awaitGauge(member, group.topic() + ".0.committed", 3, 3);
        awaitGauge(member, group.topic() + ".0.frontier", 3, 3);
        awaitGauge(member, "backlog", 0, 0);
        awaitGauge(member, "seconds-behind", 0, 0);
        // The first call of a batch is measured, others only if they take long.
        assertTrue(count(member, "handler-latency") >= 1);
        assertTrue(count(member, "end-to-end-delay") >= 1);
    }

    private long count(Member member, String histogram) {
        Metric metric = member.metrics().getMetrics().get("bywash." + group.group() + ".recording." + histogram);
        return LongStream.of(((BucketHistogram) metric).counts()).sum();
    }

    @Test
    void skippedRecordsAreCounted() {
        Recording handler = new Recording((record, context) -> {
            throw new IllegalStateException("cannot take it");
        });
        Member member = group.start(handler, group.builder().failures(TestGroup.QUICK.withOnFailure(OnFailure.SKIP)));
        group.produce(0, "bad", "worse");
        await(member, "skipped", 2);
        await(member, "handled", 0);
    }

    @Test
    void aFrontierThatStandsGrowsOldAndOneThatMovesDoesNot() {
        Recording handler = new Recording((record, context) -> {
            if (record.partition() == 0) {
                released.await();
            }
        });
        Member member = group.start(handler);
        group.produce(0, "slow", "behind it", "behind it as well");
        group.produce(1, "quick");

        awaitGauge(member, group.topic() + ".0.frontier-age", 1_000, Long.MAX_VALUE);
        awaitGauge(member, "frontier-age", 1_000, Long.MAX_VALUE);
        awaitGauge(member, group.topic() + ".1.frontier-age", 0, 0);
        awaitGauge(member, "in-flight", 1, 1);
        awaitGauge(member, group.topic() + ".0.buffered", 3, 3);
        awaitGauge(member, group.topic() + ".0.lag", 3, 3);
        awaitGauge(member, "lag", 3, 3);
        awaitGauge(member, "backlog", 3, 3);
        awaitGauge(member, group.topic() + ".0.backlog", 3, 3);
        awaitGauge(member, group.topic() + ".0.behind", 1_000, Long.MAX_VALUE);
        awaitGauge(member, "seconds-behind", 1, Long.MAX_VALUE);
        awaitGauge(member, group.topic() + ".0.held", 0, 0);

        released.countDown();
        awaitGauge(member, group.topic() + ".0.frontier-age", 0, 0);
        awaitGauge(member, "frontier-age", 0, 0);
        awaitGauge(member, "in-flight", 0, 0);
        awaitGauge(member, "lag", 0, 0);
    }

    @Test
    void theGaugesOfAPartitionGoWithIt() {
        Recording handler = new Recording((record, context) -> {});
        Member first = group.start(handler);
        Eventually.holds("both are here", () -> first.consumer().assignment().size() == 2);
        Member second = group.start(handler);
        Eventually.holds("one moved", () -> second.consumer().assignment().size() == 1);

        int kept = first.consumer().assignment().iterator().next().partition();
        Eventually.holds(
                () -> "no gauge of the partition that went is among "
                        + first.metrics().getNames(),
                () -> first.metrics().getNames().stream()
                        .noneMatch(name -> name.contains(group.topic() + "." + (1 - kept) + ".")));
        assertTrue(first.metrics()
                .getNames()
                .contains("bywash." + group.group() + "." + group.topic() + "." + kept + ".lag"));
        first.leave();
        assertEquals(Map.of(), first.metrics().getMetrics());
    }

    @Test
    void theTableInTheDocumentationIsComplete() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        String page = Files.readString(Path.of("..", "docs", "metrics.md"));
        // What follows has names of its own for the same.
        String own = page.substring(0, page.indexOf("## Prometheus"));
        for (String line : own.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(2));
            }
        }
        Member member = group.start(new Recording((record, context) -> {}));
        Eventually.holds("both are here", () -> member.consumer().assignment().size() == 2);

        Map<String, String> registered = new TreeMap<>();
        member.metrics().getMetrics().forEach((name, metric) -> {
            String plain = name.replace("bywash." + group.group() + ".", "")
                    .replaceFirst(Pattern.quote(group.topic()) + "\\.\\d+\\.", "{topic}.{partition}.")
                    .replace("recording.", "{handler}.");
            registered.put(plain, kind(metric));
        });
        assertEquals(documented, registered);
    }

    private static String kind(Metric metric) {
        if (metric instanceof Meter) {
            return "meter";
        }
        if (metric instanceof Counter) {
            return "counter";
        }
        if (metric instanceof BucketHistogram) {
            return "histogram";
        }
        return metric instanceof Timer ? "timer" : "gauge";
    }
}
