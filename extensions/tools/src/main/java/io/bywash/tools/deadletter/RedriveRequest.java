package io.bywash.tools.deadletter;

import java.util.OptionalInt;

/**
 * Which letters are to go back, and how.
 *
 * @param source the dead-letter topic
 * @param filter which of its letters
 * @param scope whether those that have gone back before count
 * @param target where to
 * @param limits how fast and how often
 */
public record RedriveRequest(
        LetterSource source, LetterFilter filter, RedriveScope scope, RedriveTarget target, RedriveLimits limits) {
    /** Returns the same without a limit to its speed. */
    RedriveRequest unhurried() {
        return new RedriveRequest(
                source,
                filter,
                scope,
                target,
                new RedriveLimits(OptionalInt.empty(), limits.most(), limits.redrives()));
    }
}
