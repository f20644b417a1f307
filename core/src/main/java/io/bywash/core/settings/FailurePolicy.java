package io.bywash.core.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens when a handler fails.
 *
 * @param maxAttempts how often a record is tried in all, 1 to 1,000,000
 * @param attemptTimeout how long an attempt may take before its call is interrupted, or its stage cancelled, and it counts as failed, at
 *     least 10 ms; it is noticed late by half of that or half a second, whichever is less, and by as long as the broker takes to tell
 *     the positions of new partitions, which is asked in between. Where a call returns a stage, each of the two may take that
 *     long. If nothing, an attempt may take any time
 * @param backoff the wait between attempts
 * @param onFailure what happens after the last attempt
 * @param failFastOn class names of exceptions that get no further attempt; an exception matches if it, one of its superclasses or
 *     one of its causes has such a name. Names and not classes, since they come from configuration and may belong to a handler's
 *     own jar
 * @param deadLetterTopic the name of the dead-letter topic; {@code {topic}} and {@code {group}} stand for those of the record
 * @param letterRetention how long that topic keeps letters, if it has to be created
 * @param redriveTopic how the topic is named through which dead letters come back to the group; if nothing, none is read
 */
public record FailurePolicy(
        int maxAttempts,
        Optional<Duration> attemptTimeout,
        Backoff backoff,
        OnFailure onFailure,
        Set<String> failFastOn,
        String deadLetterTopic,
        LetterRetention letterRetention,
        Optional<RedriveTopic> redriveTopic) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}?");

    /** Five attempts, then the dead-letter topic {@code {topic}.{group}.dlt}, and back through {@code {topic}.{group}.redrive}. */
    public static final FailurePolicy DEFAULT = new FailurePolicy(
            5,
            Optional.empty(),
            Backoff.DEFAULT,
            OnFailure.DEAD_LETTER,
            Set.of(),
            "{topic}.{group}.dlt",
            LetterRetention.DEFAULT,
            Optional.of(RedriveTopic.DEFAULT));

    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(10);

    /** Checks the ranges. */
    public FailurePolicy {
        Require.within("attempts.max", maxAttempts, 1, 1_000_000);
        attemptTimeout.ifPresent(FailurePolicy::requireLongEnough);
        Require.text("dead-letter-topic", deadLetterTopic);
        Matcher unknown =
                PLACEHOLDER.matcher(deadLetterTopic.replace("{topic}", "").replace("{group}", ""));
        if (unknown.find()) {
            throw new InvalidSettingException(
                    "dead-letter-topic",
                    "is " + deadLetterTopic + ", but there is no placeholder " + unknown.group()
                            + "; there are {topic} and {group}");
        }
        failFastOn = Set.copyOf(failFastOn);
    }

    /**
     * Returns the same policy with another number of attempts.
     *
     * @param attempts how often a record is tried in all
     * @return a new policy
     */
    public FailurePolicy withMaxAttempts(int attempts) {
        return new FailurePolicy(
                attempts,
                attemptTimeout,
                backoff,
                onFailure,
                failFastOn,
                deadLetterTopic,
                letterRetention,
                redriveTopic);
    }

    private static void requireLongEnough(Duration timeout) {
        if (timeout.compareTo(LEAST_TIMEOUT) < 0) {
            throw new InvalidSettingException(
                    "attempts.timeout",
                    "is " + Span.text(timeout) + ", but must be at least " + Span.text(LEAST_TIMEOUT)
                            + "; leave it out to let an attempt take any time");
        }
    }

    /**
     * Returns the same policy with a limit to the time an attempt may take.
     *
     * @param timeout how long, at least 10 ms
     * @return a new policy
     */
    public FailurePolicy withAttemptTimeout(Duration timeout) {
        return new FailurePolicy(
                maxAttempts,
                Optional.of(timeout),
                backoff,
                onFailure,
                failFastOn,
                deadLetterTopic,
                letterRetention,
                redriveTopic);
    }

    /**
     * Returns the same policy with another wait between attempts.
     *
     * @param other the wait
     * @return a new policy
     */
    public FailurePolicy withBackoff(Backoff other) {
        return new FailurePolicy(
                maxAttempts,
                attemptTimeout,
                other,
                onFailure,
                failFastOn,
                deadLetterTopic,
                letterRetention,
                redriveTopic);
    }

    /**
     * Returns the same policy with another end for records whose attempts are used up.
     *
     * @param other what happens after the last attempt
     * @return a new policy
     */
    public FailurePolicy withOnFailure(OnFailure other) {
        return new FailurePolicy(
                maxAttempts,
                attemptTimeout,
                backoff,
                other,
                failFastOn,
                deadLetterTopic,
                letterRetention,
                redriveTopic);
    }

    /**
     * Returns the same policy with other exceptions that get no further attempt.
     *
     * @param classNames full class names
     * @return a new policy
     */
    public FailurePolicy withFailFastOn(Set<String> classNames) {
        return new FailurePolicy(
                maxAttempts,
                attemptTimeout,
                backoff,
                onFailure,
                classNames,
                deadLetterTopic,
                letterRetention,
                redriveTopic);
    }

    /**
     * Returns the same policy with another dead-letter topic.
     *
     * @param topic the name, in which {@code {topic}} and {@code {group}} are replaced
     * @return a new policy
     */
    public FailurePolicy withDeadLetterTopic(String topic) {
        return new FailurePolicy(
                maxAttempts, attemptTimeout, backoff, onFailure, failFastOn, topic, letterRetention, redriveTopic);
    }

    /**
     * Returns the same policy with another time for which dead-letter topics keep letters.
     *
     * @param retention how long, if the topic has to be created
     * @return a new policy
     */
    public FailurePolicy withLetterRetention(LetterRetention retention) {
        return new FailurePolicy(
                maxAttempts, attemptTimeout, backoff, onFailure, failFastOn, deadLetterTopic, retention, redriveTopic);
    }

    /**
     * Returns the same policy with another name of redrive topics.
     *
     * @param topics how they are named, or nothing to read none
     * @return a new policy
     */
    public FailurePolicy withRedriveTopic(Optional<RedriveTopic> topics) {
        return new FailurePolicy(
                maxAttempts, attemptTimeout, backoff, onFailure, failFastOn, deadLetterTopic, letterRetention, topics);
    }

    /**
     * Returns the dead-letter topic for records of {@code topic}.
     *
     * @param topic the source topic
     * @param group the group that failed
     * @return the topic to write to
     */
    public String deadLetterTopicFor(String topic, String group) {
        return deadLetterTopic.replace("{topic}", topic).replace("{group}", group);
    }
}
