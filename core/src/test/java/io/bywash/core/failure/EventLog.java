package io.bywash.core.failure;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.GroupListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Keeps the events of a consumer in their order. */
final class EventLog implements GroupListener {
    private final List<GroupEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void on(GroupEvent event) {
        events.add(event);
    }

    List<GroupEvent> all() {
        return events;
    }

    <T extends GroupEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends GroupEvent> T await(Class<T> type) {
        return await(type, event -> true);
    }

    <T extends GroupEvent> T await(Class<T> type, Predicate<T> which) {
        Eventually.holds(
                () -> "a certain " + type.getSimpleName() + " among " + events,
                () -> all(type).stream().anyMatch(which));
        return all(type).stream().filter(which).findFirst().orElseThrow();
    }
}
