package io.bywash.core.worker;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.deadletter.DeadLetters;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.EventSink;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.HandlerTimes;
import io.bywash.core.settings.ConsumerSettings;
import java.util.function.Consumer;

/**
 * What all workers of one consumer share.
 *
 * @param settings what the consumer was told
 * @param environment time, threads and calls
 * @param deadLetters sends dead letters
 * @param metrics counts
 * @param events takes events
 * @param fatal takes what must stop the consumer: an {@link Error} of a handler, or a failure that is described already
 */
public record WorkerContext(
        ConsumerSettings settings,
        Environment environment,
        DeadLetters deadLetters,
        ConsumerMetrics metrics,
        EventSink events,
        Consumer<Throwable> fatal) {

    /**
     * Returns what takes the times of a handler.
     *
     * @param handler its name
     * @return the same for the same handler
     */
    public HandlerTimes times(String handler) {
        return metrics.handler(handler, environment.clock());
    }

    /**
     * Closes what a handler's records are decoded with.
     *
     * @param binding the handler
     * @param by who called it, for the message
     * @param close closes it
     * @throws ConsumerFailedException if that cannot be done
     */
    public static void close(HandlerBinding<?, ?> binding, String by, Runnable close) {
        try {
            close.run();
        } catch (RuntimeException | Error e) {
            throw new ConsumerFailedException(
                    Kind.HANDLER,
                    "the deserialisers of handler " + binding.name() + " cannot be closed by " + by + ": " + e
                            + "; correct them or their class path",
                    e);
        }
    }

    /**
     * Returns the time.
     *
     * @return a time of the ticker
     */
    public long now() {
        return environment.ticker().nanos();
    }
}
