package io.bywash.simulation.workload;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.RecordPosition;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.oracle.Notice;
import io.bywash.simulation.oracle.Oracle;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The handler of one process: does what the script says and tells the oracle. */
public final class ScriptedHandler implements TopicHandler<String, Nature> {
    private final String process;
    private final Script script;
    private final Oracle oracle;

    /**
     * Creates the handler of a process.
     *
     * @param process the name of the process
     * @param script decides how calls turn out
     * @param oracle is told
     */
    public ScriptedHandler(String process, Script script, Oracle oracle) {
        this.process = process;
        this.script = script;
        this.oracle = oracle;
    }

    /** Returns the handler with deserialisers of which one fails on poison. */
    public HandlerBinding<String, Nature> binding() {
        return HandlerBinding.of(this, StringDeserializer::new, NatureDeserializer::new);
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
        oracle.told(process, partition, Notice.ASSIGNED);
        script.hear();
    }

    @Override
    public void revoked(TopicPartition partition) throws Exception {
        oracle.told(process, partition, Notice.REVOKED);
        script.hear();
    }

    @Override
    public void lost(TopicPartition partition) throws Exception {
        oracle.told(process, partition, Notice.LOST);
        script.hear();
    }
}
