package io.bywash.core.worker;

import java.util.EnumSet;
import java.util.Set;

/** Where a worker is in its life. */
enum TenurePhase {
    /** Waits until a former worker of the same partition in this process is quiet. */
    PREDECESSOR,
    /** Tells the handler that the partition came. */
    ASSIGNING,
    /** Works on records. */
    WORKING,
    /** Tells the handler that the partition is gone. */
    RELEASING,
    /** Is quiet. Final. */
    FINISHED;

    private Set<TenurePhase> next() {
        return switch (this) {
            case PREDECESSOR -> EnumSet.of(ASSIGNING, FINISHED);
            case ASSIGNING -> EnumSet.of(WORKING);
            case WORKING -> EnumSet.of(RELEASING);
            case RELEASING -> EnumSet.of(FINISHED);
            case FINISHED -> EnumSet.noneOf(TenurePhase.class);
        };
    }

    TenurePhase to(TenurePhase target) {
        if (!next().contains(target)) {
            throw new IllegalStateException(
                    "a worker that is " + this + " cannot become " + target + "; it can become " + next());
        }
        return target;
    }
}
