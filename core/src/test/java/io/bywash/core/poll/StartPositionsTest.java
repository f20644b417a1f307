package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.settings.FailurePolicy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How the questions about positions share the time there is for them. */
class StartPositionsTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    /** Without time the client asks nobody and answers that there is nothing, which would be taken for a position. */
    @Test
    void aQuestionThatNoTimeIsLeftForIsPutOff() {
        LoopBench bench = new LoopBench(FailurePolicy.DEFAULT, Map.of(), new IdleTaker());
        bench.client.whileAnswering = () -> bench.pass(Duration.ofMinutes(5));
        bench.assign(1);
        bench.step();
        assertEquals(0, bench.loop.control().assignment().size(), "nothing begins with so late an answer");
        GroupEvent.RebalanceFailed failed =
                bench.heard(GroupEvent.RebalanceFailed.class).get(0);
        assertTrue(failed.cause().getMessage().contains("a sixth of max.poll.interval.ms"), failed::toString);

        bench.client.whileAnswering = () -> {};
        bench.pass(Duration.ofMinutes(1));
        bench.step();
        assertTrue(bench.loop.control().assignment().contains(PARTITION), "it is asked again");
        assertTrue(bench.client.times.stream().allMatch(time -> time.toMillis() > 0), bench.client.times::toString);
    }

    @Test
    void aPartitionThatIsLeftOutOfTheAnswerIsAskedForAgain() {
        LoopBench bench = new LoopBench(FailurePolicy.DEFAULT, Map.of(), new IdleTaker());
        bench.client.leavesOut = true;
        bench.assign(1);
        bench.step();
        assertEquals(0, bench.loop.control().assignment().size());
        assertTrue(bench.client.paused().contains(PARTITION), "it is not fetched from anywhere meanwhile");

        bench.client.leavesOut = false;
        bench.pass(Duration.ofMinutes(1));
        bench.step();
        assertTrue(bench.loop.control().assignment().contains(PARTITION), "it is asked again");
    }

    @Test
    void thoseThatBeganBeforeOneFailedAreTold() {
        LoopBench bench = new LoopBench(FailurePolicy.DEFAULT, Map.of(), new IdleTaker());
        bench.client.seeksUntilFailure = 2;
        bench.assign(3);
        Set<TopicPartition> begun = bench.loop.control().assignment();
        assertEquals(2, begun.size());
        assertEquals(List.of(atTheStart(begun)), bench.heard(GroupEvent.PartitionsStarted.class));

        bench.pass(Duration.ofMinutes(1));
        bench.step();
        Set<TopicPartition> last = new HashSet<>(bench.loop.control().assignment());
        assertEquals(3, last.size());
        last.removeAll(begun);
        assertEquals(
                List.of(atTheStart(begun), atTheStart(last)),
                bench.heard(GroupEvent.PartitionsStarted.class),
                "each is told once");
    }

    private static GroupEvent.PartitionsStarted atTheStart(Set<TopicPartition> partitions) {
        return new GroupEvent.PartitionsStarted(
                partitions.stream().collect(Collectors.toMap(partition -> partition, start -> 0L)));
    }
}
