package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.Load;
import io.bywash.core.fixture.MemberProcess;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.TestGroup;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** To scale out, start the same command again: processes share the partitions, and survive one another. */
class ProcessGroupTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @AutoClose
    private final Members members = new Members();

    private final CallLog log = new CallLog();

    @ParameterizedTest
    @EnumSource(names = {"COOPERATIVE", "CONSUMER"})
    void threeProcessesShareTheWorkAndLoseNothingWhenOneIsKilled(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 6, protocol);
        group.sessionTimeout(Duration.ofSeconds(2));
        try (Load load = Load.on(group, 6)) {
            members.startProcess(group, "a", log, Map.of());
            MemberProcess second = members.startProcess(group, "b", log, Map.of());
            members.startProcess(group, "c", log, Map.of());
            List.of("a", "b", "c").forEach(member -> log.awaitFinishedBy(member, 50));

            second.kill();
            List.of("a", "c").forEach(member -> log.awaitFinishedBy(member, log.countBy(member) + 50));
            List<String> written = load.stop();
            log.awaitValues(written);
            log.assertNothingMissed(written);
            log.assertRises("a");
            log.assertRises("c");
            // What is handled again was in the hands of the killed one and not committed yet.
            Set<String> again = CallLog.valuesOf(log.again());
            again.removeAll(CallLog.valuesOf(log.finishedBy("b")));
            assertEquals(Set.of(), again, "handled again although nobody was killed over it");
        }
        group.awaitNoLag();
    }
}
