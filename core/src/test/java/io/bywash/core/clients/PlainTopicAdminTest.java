package io.bywash.core.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class PlainTopicAdminTest {
    private static final TopicPartition LED = new TopicPartition("orders", 0);
    private static final TopicPartition LEADERLESS = new TopicPartition("orders", 1);
    private static final Duration TIMEOUT = Duration.ofMillis(10);

    private final TopicAdmin topics = new PlainTopicAdmin(admin(Map.of(
            LED,
            KafkaFuture.completedFuture(new ListOffsetsResultInfo(7, -1, Optional.empty())),
            LEADERLESS,
            new KafkaFutureImpl<>())));

    private static Admin admin(Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> answers) {
        return (Admin) Proxy.newProxyInstance(
                PlainTopicAdminTest.class.getClassLoader(),
                new Class<?>[] {Admin.class},
                (proxy, method, arguments) -> new ListOffsetsResult(answers));
    }

    @Test
    void aPartitionWithoutALeaderHidesTheEndOfNoOther() {
        assertEquals(
                Map.of(LED, 7L), topics.endOffsets(Set.of(LED, LEADERLESS), IsolationLevel.READ_UNCOMMITTED, TIMEOUT));
    }

    @Test
    void thatNothingIsAnsweredIsAFailure() {
        assertThrows(
                TimeoutException.class,
                () -> topics.endOffsets(Set.of(LEADERLESS), IsolationLevel.READ_UNCOMMITTED, TIMEOUT));
    }
}
