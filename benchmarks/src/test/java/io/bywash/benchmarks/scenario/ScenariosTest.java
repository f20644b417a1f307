package io.bywash.benchmarks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.benchmarks.subject.Contestant;
import java.util.List;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A steady load makes a topic for each who takes part. */
class ScenariosTest {

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void allWhoTakePartHaveTopicsOfTheirOwnThatKafkaAllows(Scenario scenario) {
        List<String> topics =
                scenario.contestants().stream().map(Contestant::nameOfTopic).toList();
        topics.forEach(Topic::validate);
        assertEquals(topics.size(), topics.stream().distinct().count(), topics::toString);
    }
}
