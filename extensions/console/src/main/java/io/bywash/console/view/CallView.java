package io.bywash.console.view;

import io.bywash.core.snapshot.CallSnapshot;
import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/**
 * A call that is under way.
 *
 * @param topic the topic of its record
 * @param partition the partition of its record
 * @param offset its record, the first of them in a batch
 * @param attempt the number of the attempt, from 1
 * @param since when it was first seen
 * @param thread what it runs on
 */
public record CallView(String topic, int partition, long offset, int attempt, String since, String thread) {
    static final Comparator<CallView> OLDEST_FIRST = Comparator.comparing(CallView::since);

    static CallView of(TopicPartition of, CallSnapshot call) {
        return new CallView(
                of.topic(), of.partition(), call.offset(), call.attempt(), Times.text(call.since()), call.thread());
    }
}
