package io.bywash.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import com.sun.net.httpserver.Headers;
import io.bywash.core.metrics.BucketHistogram;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.runtime.config.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What Prometheus is told of consumers that look as they are made to. */
class FamiliesTest {
    private final MetricRegistry registry = new MetricRegistry();

    private Scrape scrape(ConsumerView... consumers) throws IOException {
        MetricsPage page = new MetricsPage(() -> Families.of(List.of(consumers), registry), Duration.ZERO);
        return new Scrape(new String(page.answer(new Headers()).body(), StandardCharsets.UTF_8));
    }

    @Test
    void aPartitionIsShownInBaseUnits() throws IOException {
        Scrape scrape = scrape(Views.consumer("billing", Views.partition("orders", 3, new Condition.Advancing())));
        String labels = "{consumer=\"billing\",partition=\"3\",topic=\"orders\"}";
        assertEquals(100, scrape.value("bywash_partition_lag" + labels));
        assertEquals(93, scrape.value("bywash_partition_backlog_records" + labels));
        assertEquals(2.5, scrape.value("bywash_partition_behind_seconds" + labels));
        assertEquals(19, scrape.value("bywash_partition_buffered_records" + labels));
        assertEquals(7, scrape.value("bywash_partition_waiting_records" + labels));
        assertEquals(40, scrape.value("bywash_partition_committed_offset" + labels));
        assertEquals(41, scrape.value("bywash_partition_frontier_offset" + labels));
        assertEquals(93, scrape.value("bywash_backlog_records{consumer=\"billing\"}"));
        assertEquals(2.5, scrape.value("bywash_behind_seconds{consumer=\"billing\"}"));
        assertEquals(3, scrape.value("bywash_calls_in_flight{consumer=\"billing\"}"));
        assertEquals(0.125, scrape.value("bywash_poll_turn_age_seconds{consumer=\"billing\"}"));
        assertEquals(1, scrape.value("bywash_consumer_state{consumer=\"billing\",state=\"running\"}"));
        assertEquals(0, scrape.value("bywash_consumer_state{consumer=\"billing\",state=\"failed\"}"));
    }

    @Test
    void onlyWhatIsHeldUpHasACause() throws IOException {
        Scrape scrape = scrape(Views.consumer(
                "billing",
                Views.partition("orders", 0, new Condition.Idle()),
                Views.partition("orders", 1, Views.HALTED)));
        String labels = "{cause=\"halted\",consumer=\"billing\",partition=\"1\",scope=\"partition\",topic=\"orders\"}";
        assertEquals(Set.of("bywash_partition_held" + labels), scrape.series("bywash_partition_held{"));
        assertEquals(1_700_000_000, scrape.value("bywash_partition_held_since_timestamp_seconds" + labels));
    }

    @Test
    void whatIsGoneIsGoneFromTheNextScrape() throws IOException {
        assertTrue(scrape(Views.consumer("billing", Views.partition("orders", 0, Views.HALTED)))
                .text()
                .contains("topic=\"orders\""));
        assertEquals(Set.of(), scrape(Views.consumer("billing")).series("bywash_partition_"));
    }

    @Test
    void nothingInALabelBreaksTheForm() throws IOException {
        Scrape scrape = scrape(Views.consumer("a\"b\\c\nd", Views.partition("orders", 0, new Condition.Idle())));
        assertEquals(
                100,
                scrape.value("bywash_partition_lag{consumer=\"a\\\"b\\\\c\\nd\",partition=\"0\",topic=\"orders\"}"));
    }

    @Test
    void callsAreCountedInBucketsThatAddUp() throws IOException {
        BucketHistogram calls = new BucketHistogram();
        calls.add(Duration.ofMillis(3).toNanos());
        calls.add(Duration.ofMillis(30).toNanos());
        calls.add(Duration.ofHours(1).toNanos());
        registry.register("bywash.billing.order-handler.handler-latency", calls);
        Scrape scrape = scrape(Views.consumer("billing"));
        String labels = "{consumer=\"billing\",handler=\"order-handler\"";
        assertEquals(0, scrape.value("bywash_handler_seconds_bucket" + labels + ",le=\"0.0025\"}"));
        assertEquals(1, scrape.value("bywash_handler_seconds_bucket" + labels + ",le=\"0.005\"}"));
        assertEquals(2, scrape.value("bywash_handler_seconds_bucket" + labels + ",le=\"0.05\"}"));
        assertEquals(2, scrape.value("bywash_handler_seconds_bucket" + labels + ",le=\"300.0\"}"));
        assertEquals(3, scrape.value("bywash_handler_seconds_bucket" + labels + ",le=\"+Inf\"}"));
        assertEquals(3, scrape.value("bywash_handler_seconds_count" + labels + "}"));
        assertEquals(3_600.033, scrape.value("bywash_handler_seconds_sum" + labels + "}"), 1e-9);
    }

    @Test
    void aConsumerThatIsOverHasNoCounts() throws IOException {
        registry.meter("bywash.billing.handled").mark(5);
        Scrape scrape = scrape(Views.consumer("billing"), Views.consumer("shipping"));
        assertEquals(
                Set.of("bywash_records_handled_total{consumer=\"billing\"}"),
                scrape.series("bywash_records_handled_total"));
        assertEquals(5, scrape.value("bywash_records_handled_total{consumer=\"billing\"}"));
    }

    @Test
    void whatIsNotKnownYetIsLeftOut() throws IOException {
        PartitionSnapshot fresh = new PartitionSnapshot(
                new TopicPartition("orders", 0),
                "order-handler",
                -1,
                -1,
                -1,
                -1,
                0,
                Duration.ZERO,
                Set.of(),
                new Condition.Idle(),
                List.of(),
                0,
                List.of());
        Scrape scrape = scrape(Views.consumer("billing", fresh));
        assertEquals(Set.of(), scrape.series("bywash_partition_committed_offset{"));
        assertEquals(Set.of(), scrape.series("bywash_partition_frontier_offset{"));
        assertEquals(1, scrape.series("bywash_partition_lag{").size());
    }

    @Test
    void everyCauseIsDocumentedWithWhatToDo() {
        Map<String, String> remedies = new TreeMap<>();
        for (HoldCause cause : HoldCause.values()) {
            String remedy = cause.remedy();
            remedies.put(Form.word(cause), Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1));
        }
        assertEquals(remedies, MetricsTable.remedies());
    }
}
