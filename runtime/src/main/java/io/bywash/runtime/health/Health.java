package io.bywash.runtime.health;

import io.bywash.runtime.Bywash;
import java.util.List;

/**
 * How the consumers of an application are at one moment.
 *
 * @param consumers the consumers, in the order of the configuration
 */
public record Health(List<ConsumerHealth> consumers) {

    /** Keeps a list of its own. */
    public Health {
        consumers = List.copyOf(consumers);
    }

    /**
     * Looks at an application. Costs no more than reading what its poll threads have written down.
     *
     * @param bywash the application
     * @return its health now
     */
    public static Health of(Bywash bywash) {
        return new Health(bywash.consumers().entrySet().stream()
                .map(entry -> ConsumerHealth.of(entry.getKey(), entry.getValue()))
                .toList());
    }

    /**
     * Tells whether every consumer can still do its work, now or once its broker is back. If not, only a new process helps.
     *
     * @return false once a consumer has failed or its poll loop no longer turns
     */
    public boolean isLive() {
        return consumers.stream().allMatch(consumer -> consumer.notLive().isEmpty());
    }

    /**
     * Tells whether every consumer does its work.
     *
     * @return true while all handlers are open and all consumers are members of their groups
     */
    public boolean isReady() {
        return consumers.stream().allMatch(consumer -> consumer.notReady().isEmpty());
    }

    /**
     * Tells whether every consumer has been a member of its group.
     *
     * @return false until then, and if one has failed
     */
    public boolean isStarted() {
        return consumers.stream().allMatch(consumer -> consumer.notStarted().isEmpty());
    }
}
