package io.bywash.core.poll;

import io.bywash.core.environment.Environment;
import io.bywash.core.event.EventSink;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.thread.ThreadOwner;
import io.bywash.core.thread.Ticker;

/**
 * What the parts of the poll thread share.
 *
 * @param settings what the consumer was told
 * @param environment time, waiting and clients
 * @param metrics counts
 * @param events takes events
 * @param status the state of the consumer
 * @param progress what the outside sees of the partitions
 * @param redriveTopics which redrive topics there are
 * @param topicIds which topic has which name
 * @param owner checks that only the poll thread is here
 */
public record PollContext(
        ConsumerSettings settings,
        Environment environment,
        ConsumerMetrics metrics,
        EventSink events,
        Status status,
        Progress progress,
        RedriveTopics redriveTopics,
        TopicIds topicIds,
        ThreadOwner owner) {

    Ticker ticker() {
        return environment.ticker();
    }

    long now() {
        return environment.ticker().nanos();
    }
}
