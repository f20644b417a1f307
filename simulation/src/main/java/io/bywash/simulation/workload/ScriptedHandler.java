package io.bywash.simulation.workload;

import io.bywash.core.event.RecordPosition;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.oracle.Notice;
import io.bywash.simulation.oracle.Oracle;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The handler of one process: does what the script says and tells the oracle. */
final class ScriptedHandler implements TopicHandler<String, Nature> {
    private final String process;
    private final Script script;
    private final Oracle oracle;
    private final Notices notices;

    ScriptedHandler(String process, Script script, Oracle oracle) {
        this.process = process;
        this.script = script;
        this.oracle = oracle;
        this.notices = new Notices(process, script, oracle);
    }

    @Override
    public void handle(ConsumerRecord<String, Nature> record, HandlerContext context) throws Exception {
        try {
            script.act(new RecordPosition(context.partition(), record.offset()), record.value());
        } catch (Exception | Error failure) {
            oracle.attempted(process, record, context.attempt(), Optional.of(failure));
            throw failure;
        }
        oracle.attempted(process, record, context.attempt(), Optional.empty());
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
