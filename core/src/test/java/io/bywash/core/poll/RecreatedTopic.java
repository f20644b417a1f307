package io.bywash.core.poll;

import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TopicId;
import io.bywash.core.settings.FailurePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A partition of a topic that is deleted and made anew, of which the group has committed an offset, and a loop that reads it. */
final class RecreatedTopic {
    static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    static final String CLUSTER = "cluster";
    static final TopicId FIRST = TopicId.of(CLUSTER, Uuid.randomUuid());
    static final TopicId SECOND = TopicId.of(CLUSTER, Uuid.randomUuid());

    private final List<PartitionSession> opened = new ArrayList<>();
    final LoopBench bench = new LoopBench(FailurePolicy.DEFAULT, Map.of(), (session, formerQuiet) -> {
        opened.add(session);
        return new IdleTaker();
    });

    RecreatedTopic() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, "bywash/1 t=" + FIRST)));
    }

    PartitionSession begin() {
        bench.assign(1);
        bench.step();
        return session();
    }

    PartitionSession session() {
        return opened.get(opened.size() - 1);
    }

    /** Has the brokers asked twice, and the loop look at their answers. */
    void look(TopicId id) {
        TopicIds ids = bench.context.topicIds();
        answer(ids.lastEpoch(), id);
        bench.pass(TopicChanges.SURE);
        answer(ids.lastEpoch(), id);
    }

    void answer(long upTo, TopicId id) {
        found(upTo, Map.of("orders", id));
        bench.step();
        bench.pass(Duration.ofSeconds(2));
        bench.step();
        bench.step();
    }

    void found(long upTo, Map<String, TopicId> ids) {
        bench.context.topicIds().found(new TopicIds.Look(bench.context.now(), bench.context.now(), upTo, ids));
    }

    String committedText() {
        return String.valueOf(bench.client.texts.get(PARTITION));
    }

    /** Whether another client has taken over. */
    boolean isReplaced() {
        return !bench.successor.subscription().isEmpty();
    }
}
