package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.KafkaProperties;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the poll thread asks its client for, when it takes a snapshot. */
class LogEndsTest {
    private static final int PARTITIONS = 250;
    private static final Map<String, Object> CONSUMER_PROTOCOL = Map.of("group.protocol", "consumer");

    @Test
    void aClientThatAsksAnotherThreadIsAskedLittleHoweverManyPartitionsThereAre() {
        LoopBench bench = new LoopBench(FailurePolicy.DEFAULT, CONSUMER_PROTOCOL, new IdleTaker());
        bench.assign(PARTITIONS);
        for (int looks = 1; looks <= 5; looks++) {
            bench.pass(Duration.ofSeconds(1));
            bench.step();
            assertEquals(looks * LogEnds.QUESTIONS, bench.client.questions.size());
        }
        assertEquals(PARTITIONS, new HashSet<>(bench.client.questions).size(), "each has its turn");
        assertEquals(
                bench.loop.control().assignment(),
                bench.context.progress().unheard(KafkaProperties.of(CONSUMER_PROTOCOL)),
                "of the rest the broker is asked");
    }

    @Test
    void aClientThatKnowsIsAskedAboutAll() {
        LoopBench bench = new LoopBench(FailurePolicy.DEFAULT, Map.of(), new IdleTaker());
        bench.assign(PARTITIONS);
        bench.pass(Duration.ofSeconds(1));
        bench.step();
        assertEquals(PARTITIONS, bench.client.questions.size());
        assertEquals(Set.of(), bench.context.progress().unheard(KafkaProperties.of(Map.of())));
    }
}
