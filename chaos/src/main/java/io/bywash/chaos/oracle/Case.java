package io.bywash.chaos.oracle;

import io.bywash.chaos.load.Produced;
import io.bywash.chaos.worker.CommitText;
import io.bywash.chaos.worker.Order;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Where the evidence of a run is.
 *
 * @param bootstrap where the brokers are
 * @param topic the topic
 * @param group the group
 * @param acknowledged what the brokers acknowledged
 * @param journals the journals of all workers
 * @param keeping what the brokers keep of the topic
 * @param text whether what is complete is committed beside the offsets
 * @param order which records wait for each other
 * @param topics all topics there are
 * @param cuts what was replaced of the topic, in the order of its times
 */
public record Case(
        String bootstrap,
        String topic,
        String group,
        Collection<Produced> acknowledged,
        Collection<JournalFile> journals,
        Keeping keeping,
        CommitText text,
        Order order,
        Set<String> topics,
        List<Cut> cuts) {

    /**
     * Names the dead-letter topic.
     *
     * @return the topic that the workers write dead letters to
     */
    public String letterTopic() {
        return topic + "." + group + ".dlt";
    }
}
