package io.bywash.chaos.worker;

import io.bywash.core.settings.Ordering;

/** Which records wait for each other. */
public enum Order {
    /** Those of a key; several are worked on at once. */
    KEY(Ordering.key(16)),
    /** Those of a partition. */
    PARTITION(Ordering.PARTITION);

    // A record of values.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Ordering ordering;

    Order(Ordering ordering) {
        this.ordering = ordering;
    }

    Ordering ordering() {
        return ordering;
    }
}
