package io.bywash.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a handler came to when it was disturbed.
 *
 * @param calm the result of a run in which nothing went wrong
 * @param broken which assumptions proved wrong, each with what came out and what led to it
 */
public record HandlerReport(Object calm, Map<Assumption, Difference> broken) {

    /**
     * A result that is another than the calm one.
     *
     * @param seed the seed of the run; where calls overlapped, the number of the round, which does not bring it back
     * @param result what came out
     * @param trace what happened, line by line
     */
    public record Difference(long seed, Object result, String trace) {}

    /**
     * Returns the assumptions that proved wrong. If {@link Assumption#ONCE} did, it is alone: records may come again whatever goes wrong,
     * so nothing else can be told before that is mended. {@link Assumption#HAND_OVER} is alone as well, unless it takes a second partition to
     * show it.
     */
    public Set<Assumption> assumptions() {
        return broken.keySet();
    }

    /** Returns the difference that showed an assumption to be wrong. */
    public Optional<Difference> difference(Assumption assumption) {
        return Optional.ofNullable(broken.get(assumption));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("undisturbed: " + calm);
        broken.forEach((assumption, difference) -> text.append('\n')
                .append(assumption == Assumption.THREAD_SAFE ? "round " : "seed ")
                .append(difference.seed())
                .append(" broke ")
                .append(assumption)
                .append(": ")
                .append(difference.result()));
        if (broken.keySet().equals(Set.of(Assumption.HAND_OVER))) {
            text.append("\nwhat else it relies on may show only once it hands over what it holds");
        }
        if (broken.containsKey(Assumption.ONCE)) {
            text.append("\nwhat else it relies on shows only once it is idempotent");
        }
        return text.toString();
    }
}
