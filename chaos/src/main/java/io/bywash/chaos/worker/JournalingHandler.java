package io.bywash.chaos.worker;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Does what each record asks for, and writes down when it began and how it ended. Any thread. */
final class JournalingHandler implements TopicHandler<byte[], byte[]> {
    private final Journal journal;
    private final long workMicros;

    JournalingHandler(Journal journal, long workMicros) {
        this.journal = journal;
        this.workMicros = workMicros;
    }

    @Override
    public void assigned(TopicPartition partition) {
        journal.write(Mark.ASSIGNED, partition.partition(), -1, 0);
    }

    @Override
    public void revoked(TopicPartition partition) {
        journal.write(Mark.REVOKED, partition.partition(), -1, 0);
    }

    @Override
    public void lost(TopicPartition partition) {
        journal.write(Mark.LOST, partition.partition(), -1, 0);
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> record, HandlerContext context) throws InterruptedException {
        journal.write(Mark.START, record.partition(), record.offset(), context.attempt());
        Mark end = Mark.FAILED;
        try {
            work(Task.of(record.value()));
            end = Mark.OK;
        } finally {
            journal.write(end, record.partition(), record.offset(), context.attempt());
        }
    }

    private void work(Task task) throws InterruptedException {
        if (task.nature() == Task.Nature.POISON) {
            throw new IllegalArgumentException("record " + task.number() + " is poison");
        }
        Duration takes = task.takes();
        TimeUnit.MICROSECONDS.sleep(takes.isZero() ? workMicros : TimeUnit.MILLISECONDS.toMicros(takes.toMillis()));
    }
}
