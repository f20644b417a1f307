package io.bywash.simulation.workload;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.oracle.Oracle;
import io.bywash.simulation.schedule.Stage;
import java.util.Set;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What kind of handler a run has. */
public enum HandlerShape {
    /** One record at a time. */
    RECORDS {
        @Override
        TopicHandler<String, Nature> handler(String process, Stage stage, Script script, Oracle oracle) {
            return new ScriptedHandler(process, script, oracle);
        }
    },
    /** Stages that complete later. */
    STAGES {
        @Override
        TopicHandler<String, Nature> handler(String process, Stage stage, Script script, Oracle oracle) {
            return new ScriptedStages(process, stage, script, oracle);
        }
    },
    /** Several records at a time. */
    BATCHES {
        @Override
        TopicHandler<String, Nature> handler(String process, Stage stage, Script script, Oracle oracle) {
            return new ScriptedBatches(process, script, oracle);
        }
    };

    /**
     * Creates the handler of a process for a topic, with deserialisers of which one fails on poison and on records of other topics.
     *
     * @param process the name of the process
     * @param topic the topic
     * @param stage where work goes on
     * @param script decides how calls turn out
     * @param oracle is told
     */
    public HandlerBinding<String, Nature> binding(
            String process, String topic, Stage stage, Script script, Oracle oracle) {
        return HandlerBinding.of(
                handler(process, stage, script, oracle),
                StringDeserializer::new,
                () -> Nature.deserializer(Set.of(topic)));
    }

    abstract TopicHandler<String, Nature> handler(String process, Stage stage, Script script, Oracle oracle);
}
