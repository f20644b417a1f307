package io.bywash.monitoring;

import com.codahale.metrics.Counting;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/** What is counted of a consumer: the counts of the registry under the names of Prometheus. */
enum ConsumerCounter {
    RECORDS("records", "records", "Records read from the broker."),
    READ_BYTES("read_bytes", "bytes", "Bytes of their keys and values."),
    HANDLED("records_handled", "handled", "Records whose handler returned."),
    FAILED("attempts_failed", "failed", "Attempts that failed; a record that fails five times counts five times."),
    RETRIED("attempts_retried", "retried", "Attempts made after a failed one."),
    DEAD_LETTERS("dead_letters", "dead-lettered", "Records that the dead-letter topic acknowledged."),
    SKIPPED("records_skipped", "skipped", "Records left out, by the failure policy or by an operator."),
    LATE_RESULTS(
            "late_results",
            "late-results",
            "Calls that came back after their partition was gone; they have no effect."),
    COMMITS("commits", "commits", "Commits that the broker acknowledged."),
    COMMIT_FAILURES("commit_failures", "commit-failures", "Commits that failed; the next one covers them."),
    REBALANCES("rebalances", "rebalances", "Rebalances that this consumer took part in."),
    POLL_FAILURES("poll_failures", "poll-failures", "Polls that failed in a way that may pass."),
    OFFSETS_LOST("offsets_lost", "offsets-lost", "Offsets that retention removed before they were read.");

    private final String metric;
    private final String source;
    private final String help;

    ConsumerCounter(String metric, String source, String help) {
        this.metric = metric;
        this.source = source;
        this.help = help;
    }

    CounterSnapshot of(List<ConsumerView> consumers, MetricRegistry registry) {
        CounterSnapshot.Builder family =
                CounterSnapshot.builder().name(Families.PREFIX + metric).help(help);
        for (ConsumerView consumer : consumers) {
            // A consumer that is over has taken its metrics out of the registry.
            if (registry.getMetrics().get(MetricRegistry.name("bywash", consumer.name(), source))
                    instanceof Counting count) {
                family.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(Labels.of("consumer", consumer.name()))
                        .value((double) count.getCount())
                        .build());
            }
        }
        return family.build();
    }
}
