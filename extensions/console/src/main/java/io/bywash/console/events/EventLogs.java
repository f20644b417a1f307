package io.bywash.console.events;

import io.bywash.core.GroupConsumer;
import io.bywash.core.event.EventStream;
import io.bywash.core.event.GroupEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Listens to every consumer, each on a thread of its own that ends with it. May be asked from any thread. */
public final class EventLogs implements AutoCloseable {
    private final Map<String, EventLog> logs = new HashMap<>();
    private final List<EventStream> streams = new ArrayList<>();

    /**
     * Begins to listen.
     *
     * @param consumers the consumers by name, not started yet
     */
    public EventLogs(Map<String, GroupConsumer> consumers) {
        consumers.forEach((name, consumer) -> {
            EventLog log = new EventLog();
            EventStream stream = consumer.events();
            logs.put(name, log);
            streams.add(stream);
            Thread thread = new Thread(() -> read(stream, log), "bywash-console-events-" + name);
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static void read(EventStream stream, EventLog log) {
        for (GroupEvent event : stream) {
            log.add(event);
        }
    }

    /**
     * Returns what happened to a consumer.
     *
     * @param consumer its name
     * @return at most 500 events, the newest first
     */
    public List<EventView> of(String consumer) {
        return Optional.ofNullable(logs.get(consumer))
                .map(EventLog::newestFirst)
                .orElse(List.of());
    }

    /** Stops listening. */
    @Override
    public void close() {
        streams.forEach(EventStream::close);
    }
}
