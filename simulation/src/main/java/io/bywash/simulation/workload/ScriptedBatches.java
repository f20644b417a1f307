package io.bywash.simulation.workload;

import io.bywash.core.event.RecordPosition;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.FailedAtException;
import io.bywash.handler.HandlerContext;
import io.bywash.simulation.oracle.Notice;
import io.bywash.simulation.oracle.Oracle;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The handler of one process for several records at a time: does for each what the script says. Where one fails, it names that one,
 * and the work for those before it is done; or it names none, and no work is done.
 */
final class ScriptedBatches implements BatchTopicHandler<String, Nature> {
    private final String process;
    private final Script script;
    private final Oracle oracle;
    private final Notices notices;

    ScriptedBatches(String process, Script script, Oracle oracle) {
        this.process = process;
        this.script = script;
        this.oracle = oracle;
        this.notices = new Notices(process, script, oracle);
    }

    @Override
    public void handleBatch(List<ConsumerRecord<String, Nature>> records, HandlerContext context) throws Exception {
        int index = 0;
        try {
            for (ConsumerRecord<String, Nature> record : records) {
                script.act(new RecordPosition(context.partition(), record.offset()), record.value());
                index++;
            }
        } catch (Exception failure) {
            if (records.size() > 1 && script.pick(List.of(true, false))) {
                oracle.failedTogether();
                throw failure;
            }
            handled(records.subList(0, index), context);
            failed(records.get(index), context, failure);
            throw records.size() == 1 ? failure : new FailedAtException(index, failure);
        } catch (Error failure) {
            if (records.size() == 1) {
                failed(records.get(index), context, failure);
            }
            throw failure;
        }
        handled(records, context);
    }

    private void handled(List<ConsumerRecord<String, Nature>> records, HandlerContext context) {
        records.forEach(record -> oracle.attempted(process, record, context.attempt(), Optional.empty()));
    }

    private void failed(ConsumerRecord<String, Nature> record, HandlerContext context, Throwable failure) {
        oracle.attempted(process, record, context.attempt(), Optional.of(failure));
    }

    @Override
    public void assigned(TopicPartition partition) throws Exception {
        notices.hear(partition, Notice.ASSIGNED);
    }

    @Override
    public void revoked(TopicPartition partition) throws Exception {
        notices.hear(partition, Notice.REVOKED);
    }

    @Override
    public void lost(TopicPartition partition) throws Exception {
        notices.hear(partition, Notice.LOST);
    }
}
