package io.bywash.chaos.worker;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.bywash.core.GroupConsumer;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.EventStream;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.Companion;
import io.bywash.runtime.Extension;
import io.bywash.runtime.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Has the events of all consumers written down, each by a thread that keeps nothing alive, and at an orderly end what was counted. */
public final class JournalingExtension implements Extension {
    /** Creates the extension, as {@link java.util.ServiceLoader} does. */
    public JournalingExtension() {}

    @Override
    public String name() {
        return "journaling";
    }

    @Override
    public Companion configure(Section settings) {
        return new Companion() {
            private final List<Following> all = new CopyOnWriteArrayList<>();

            @Override
            public void start(Bywash bywash) {
                bywash.consumers().values().forEach(consumer -> all.add(Following.begin(consumer, bywash.metrics())));
            }

            @Override
            public void close() {
                all.forEach(Following::end);
            }
        };
    }

    /**
     * A consumer and the thread that writes its events down.
     *
     * @param consumer the consumer
     * @param handled counts its calls
     * @param late counts its late results
     * @param thread ends after the last event
     */
    private record Following(GroupConsumer consumer, Meter handled, Meter late, Thread thread) {
        /** Not for long, since it is the end of a process. */
        private static final Duration LAST_EVENT = Duration.ofSeconds(5);

        static Following begin(GroupConsumer consumer, MetricRegistry metrics) {
            JournalingListener listener = new JournalingListener(Journal.ofProcess());
            // Opened before the consumer starts, so that no event is missed.
            EventStream events = consumer.events();
            Thread thread = new Thread(() -> events.forEach(listener::on), "journal-of-events");
            thread.setDaemon(true);
            thread.start();
            // Kept from now on: at its end a consumer takes its metrics out of the registry.
            return new Following(
                    consumer, meter(consumer, metrics, "handled"), meter(consumer, metrics, "late-results"), thread);
        }

        private static Meter meter(GroupConsumer consumer, MetricRegistry metrics, String name) {
            return metrics.meter(
                    MetricRegistry.name("bywash", consumer.settings().name(), name));
        }

        void end() {
            try {
                thread.join(LAST_EVENT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (consumer.state() == ConsumerState.CLOSED) {
                Journal.ofProcess().write(Mark.COUNTED, -1, handled.getCount(), Math.toIntExact(late.getCount()));
            }
        }
    }
}
