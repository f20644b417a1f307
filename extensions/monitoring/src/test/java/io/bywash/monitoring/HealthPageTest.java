package io.bywash.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.Headers;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.runtime.health.ConsumerHealth;
import io.bywash.runtime.health.Health;
import io.bywash.runtime.health.Probe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a probe is answered. */
class HealthPageTest {
    private static Reply answer(Probe probe, ConsumerState state, PartitionSnapshot... partitions) {
        ConsumerHealth consumer = new ConsumerHealth(
                "billing",
                state,
                Optional.empty(),
                Views.snapshot(partitions),
                Duration.ofMillis(125),
                Duration.ofSeconds(150));
        return new HealthPage(probe, () -> new Health(List.of(consumer))).answer(new Headers());
    }

    private static String body(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aPartitionThatIsHeldUpIsNamedInTheBody() {
        Reply reply = answer(Probe.READY, ConsumerState.RUNNING, Views.partition("orders", 1, Views.HALTED));
        assertEquals(200, reply.status());
        assertEquals(
                "{\"status\":\"ok\",\"consumers\":[{\"name\":\"billing\",\"state\":\"running\",\"reason\":null,"
                        + "\"secondsSinceTurn\":0.125,\"partitions\":{\"all\":1,\"held\":1},\"held\":[{\"topic\":\"orders\","
                        + "\"partition\":1,\"cause\":\"halted\",\"scope\":\"partition\",\"offset\":41,"
                        + "\"since\":\"2023-11-14T22:13:20Z\"}]}]}",
                body(reply));
    }

    @Test
    void nothingOfWhatIsInRecordsIsTold() {
        String body = body(answer(Probe.LIVE, ConsumerState.RUNNING, Views.partition("orders", 1, Views.HALTED)));
        assertFalse(body.contains("the-key"), body);
        assertFalse(body.contains("the message of an exception"), body);
    }

    @Test
    void aProbeThatFailsSaysWhy() {
        Reply reply = answer(Probe.READY, ConsumerState.DEGRADED);
        assertEquals(503, reply.status());
        assertEquals(
                "{\"status\":\"failed\",\"consumers\":[{\"name\":\"billing\",\"state\":\"degraded\","
                        + "\"reason\":\"cut off from its group; it keeps trying\",\"secondsSinceTurn\":0.125,"
                        + "\"partitions\":{\"all\":0,\"held\":0},\"held\":[]}]}",
                body(reply));
        assertEquals(200, answer(Probe.LIVE, ConsumerState.DEGRADED).status());
    }

    @Test
    void ofManyPartitionsTheFirstAreNamedAndAllAreCounted() {
        Reply reply = answer(
                Probe.READY,
                ConsumerState.RUNNING,
                IntStream.range(0, 5_000)
                        .mapToObj(number -> Views.partition("orders", number, Views.HALTED))
                        .toArray(PartitionSnapshot[]::new));
        String body = body(reply);
        assertEquals(100, body.split("\"cause\":").length - 1);
        assertEquals(1, body.split("\\Q{\"all\":5000,\"held\":5000}\\E").length - 1);
    }
}
