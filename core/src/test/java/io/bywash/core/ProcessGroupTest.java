package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.Load;
import io.bywash.core.fixture.MemberProcess;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.TestGroup;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** To scale out, start the same command again: processes share the partitions, and survive one another. */
class ProcessGroupTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final CallLog log = new CallLog();

    @ParameterizedTest
    @EnumSource(names = {"COOPERATIVE", "CONSUMER"})
    void threeProcessesShareTheWorkAndLoseNothingWhenOneIsKilled(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 6, protocol);
        group.sessionTimeout(Duration.ofSeconds(2));
        try (Load load = Load.on(group, 6);
                MemberProcess first = group.startProcess("a", log, Map.of());
                MemberProcess second = group.startProcess("b", log, Map.of());
                MemberProcess third = group.startProcess("c", log, Map.of())) {
            List<MemberProcess> all = List.of(first, second, third);
            Await.until(
                    () -> "all of " + all + " handle records",
                    () -> List.of("a", "b", "c").stream()
                            .allMatch(member -> log.finishedBy(member).size() > 100));

            second.kill();
            int byOthers = log.finishedBy("a").size() + log.finishedBy("c").size();
            Await.until(
                    "the others go on",
                    () -> log.finishedBy("a").size() + log.finishedBy("c").size() > byOthers + 500);
            List<String> written = load.stop();
            log.awaitValues(written);
            log.assertNothingMissed(written);
            log.assertRises("a");
            log.assertRises("c");
            // What is handled again was in the hands of the killed one and not committed yet.
            assertTrue(
                    log.again().stream()
                            .allMatch(call -> log.finishedBy("b").stream()
                                    .anyMatch(killed -> killed.value().equals(call.value()))),
                    "only what the killed member handled may be handled again");
        }
        group.awaitNoLag();
    }
}
