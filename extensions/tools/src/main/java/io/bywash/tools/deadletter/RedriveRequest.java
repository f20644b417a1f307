package io.bywash.tools.deadletter;

/**
 * Which letters are to go back, and how.
 *
 * @param source the dead-letter topic
 * @param filter which of its letters
 * @param target where to
 * @param limits how fast and how often
 */
public record RedriveRequest(LetterSource source, LetterFilter filter, RedriveTarget target, RedriveLimits limits) {}
