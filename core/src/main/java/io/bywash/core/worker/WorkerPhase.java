package io.bywash.core.worker;

import java.util.EnumSet;
import java.util.Set;

/** What a worker is doing. */
enum WorkerPhase {
    /** Waits until a former worker of the same partition in this process is quiet. */
    PREDECESSOR,
    /** Tells the handler that the partition came. */
    ASSIGNING,
    /** Takes records and calls the handler. */
    TAKING,
    /** A call is pending. */
    CALLING,
    /** A record has failed, and what follows is under way. */
    RECOVERING,
    /** Tells the handler that the partition is gone. */
    RELEASING,
    /** Is quiet. Final. */
    FINISHED;

    private Set<WorkerPhase> next() {
        return switch (this) {
            case PREDECESSOR -> EnumSet.of(ASSIGNING, FINISHED);
            case ASSIGNING -> EnumSet.of(TAKING);
            case TAKING -> EnumSet.of(CALLING, RECOVERING, RELEASING);
            case CALLING -> EnumSet.of(TAKING);
            case RECOVERING -> EnumSet.of(TAKING, RELEASING);
            case RELEASING -> EnumSet.of(FINISHED);
            case FINISHED -> EnumSet.noneOf(WorkerPhase.class);
        };
    }

    WorkerPhase to(WorkerPhase target) {
        if (!next().contains(target)) {
            throw new IllegalStateException(
                    "a worker that is " + this + " cannot become " + target + "; it can become " + next());
        }
        return target;
    }
}
