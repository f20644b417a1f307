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
}
