package io.bywash.chaos.oracle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/** Every commit of a group, read from the log that the coordinator keeps. */
final class CommitLog {
    private static final String TOPIC = "__consumer_offsets";
    private static final short COMMIT = 1;
    private static final short OLDER_COMMIT = 0;

    private CommitLog() {}

    /** All commits of a run, in the order the coordinator wrote them down. */
    static List<Commit> of(Case run, Eras eras, Findings findings) {
        List<Commit> commits = new ArrayList<>();
        Reading.all(run.bootstrap(), TOPIC, findings, record -> take(record, run, commits));
        return commits.stream().map(commit -> commit.in(eras)).toList();
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, Case run, List<Commit> commits) {
        ByteBuffer keyBytes = ByteBuffer.wrap(record.key());
        short kind = keyBytes.getShort();
        if (kind != COMMIT && kind != OLDER_COMMIT || record.value() == null) {
            return;
        }
        OffsetCommitKey key = new OffsetCommitKey(new ByteBufferAccessor(keyBytes), (short) 0);
        if (!key.group().equals(run.group()) || !key.topic().equals(run.topic())) {
            return;
        }
        ByteBuffer valueBytes = ByteBuffer.wrap(record.value());
        OffsetCommitValue value = new OffsetCommitValue(new ByteBufferAccessor(valueBytes), valueBytes.getShort());
        commits.add(new Commit(
                key.partition(),
                value.offset(),
                value.commitTimestamp(),
                SideText.done(value.offset(), value.metadata()),
                SideText.topic(value.metadata())));
    }
}
