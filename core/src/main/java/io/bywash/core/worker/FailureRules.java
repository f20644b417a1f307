package io.bywash.core.worker;

import io.bywash.core.binding.DecodeException;
import io.bywash.core.event.GroupEvent.NextStep;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.RetriableException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Decides what follows a failed attempt. Stateless. */
final class FailureRules {
    private final FailurePolicy policy;

    FailureRules(FailurePolicy policy) {
        this.policy = policy;
    }

    NextStep after(Throwable failure, int attempt) {
        if (failure instanceof Error) {
            return NextStep.STOP;
        }
        boolean hopeless = !(failure instanceof RetriableException)
                && (failure instanceof NonRetriableException
                        || failure instanceof DecodeException
                        || failsFast(failure));
        return hopeless || attempt >= policy.maxAttempts() ? atTheEnd() : NextStep.RETRY;
    }

    /** What follows when no attempt is left. */
    NextStep atTheEnd() {
        return switch (policy.onFailure()) {
            case DEAD_LETTER -> NextStep.DEAD_LETTER;
            case SKIP -> NextStep.SKIP;
            case HALT -> NextStep.HALT;
        };
    }

    private boolean failsFast(Throwable failure) {
        if (policy.failFastOn().isEmpty()) {
            return false;
        }
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
                if (policy.failFastOn().contains(type.getName())) {
                    return true;
                }
            }
        }
        return false;
    }
}
