package io.bywash.core.settings;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything a consumer is told, handlers apart.
 *
 * @param name the consumer's name in logs, metrics and events
 * @param group Kafka's {@code group.id}
 * @param subscription which topics it reads
 * @param startFrom where a partition without a committed offset is read from
 * @param missingTopics what happens at start when a listed topic does not exist
 * @param failures what happens when a handler fails
 * @param ordering which records wait for each other
 * @param batching how many records a handler of batches is given at once
 * @param timing the times it keeps
 * @param buffers how much may wait
 * @param metadataLimits how much may be committed beside the offsets
 * @param kafka properties for the Kafka clients, checked by {@link KafkaProperties}
 */
public record ConsumerSettings(
        String name,
        String group,
        Subscription subscription,
        StartFrom startFrom,
        MissingTopics missingTopics,
        FailurePolicy failures,
        Ordering ordering,
        Batching batching,
        Timing timing,
        Buffers buffers,
        MetadataLimits metadataLimits,
        KafkaProperties kafka) {

    private static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    /** Checks what concerns several values at once. */
    public ConsumerSettings {
        Require.text("group", group);
        Require.text("the consumer's name", name);
        long third = kafka.maxPollIntervalMs() / 3;
        if (timing.drainTimeout().toMillis() > third) {
            throw new InvalidSettingException(
                    "drain-timeout",
                    "is " + Span.text(timing.drainTimeout())
                            + ", but must be at most a third of max.poll.interval.ms, which is "
                            + kafka.maxPollIntervalMs() + " ms; shorten the one or lengthen the other");
        }
        if (failures.onFailure() == OnFailure.DEAD_LETTER) {
            requireDeadLetterTopics(subscription, failures, group);
        }
        if (subscription instanceof Subscription.Matching) {
            requireWordOfItsOwn(failures.deadLetterTopic());
        }
        failures.redriveTopic().ifPresent(redrive -> requireApart(redrive, subscription, failures, group));
    }

    private static void requireApart(
            RedriveTopic redrive, Subscription subscription, FailurePolicy failures, String group) {
        if (redrive.nameFor("any", group).equals(failures.deadLetterTopicFor("any", group))) {
            throw new InvalidSettingException(
                    "redrive-topic",
                    "is " + redrive.template()
                            + ", as is dead-letter-topic, so letters would come back by themselves, for ever; name another topic");
        }
        if (subscription instanceof Subscription.Topics listed) {
            listed.names().stream()
                    .map(source -> redrive.nameFor(source, group))
                    .filter(listed::takes)
                    .findFirst()
                    .ifPresent(name -> {
                        throw new InvalidSettingException(
                                "redrive-topic",
                                "makes " + name
                                        + ", which topics lists as well; leave it out there, as it is read once it exists, or"
                                        + " set redrive-topic to another name or off");
                    });
        }
    }

    /** A pattern passes over all that may be a dead-letter topic, which without such a word would be nearly everything. */
    private static void requireWordOfItsOwn(String template) {
        String own = template.replace("{topic}", "").replace("{group}", "");
        if (own.chars().noneMatch(Character::isLetterOrDigit)) {
            throw new InvalidSettingException(
                    "dead-letter-topic",
                    "is " + template
                            + ", by which a topic-pattern cannot tell dead-letter topics from others, so it would pass over"
                            + " topics it should read; add a word, as in {topic}.{group}.dlt");
        }
    }

    private static void requireDeadLetterTopics(Subscription subscription, FailurePolicy failures, String group) {
        if (subscription instanceof Subscription.Topics listed) {
            listed.names().forEach(topic -> requireNoCircle(topic, listed, requireName(topic, failures, group)));
        } else {
            // What a pattern will match is not known yet; what the group and the setting bring in is.
            requireName("any", failures, group);
        }
    }

    private static String requireName(String source, FailurePolicy failures, String group) {
        String letters = failures.deadLetterTopicFor(source, group);
        if (!TOPIC_NAME.matcher(letters).matches()) {
            throw new InvalidSettingException(
                    "dead-letter-topic",
                    "makes '" + letters + "' for topic " + source
                            + ", but a topic name has 1 to 249 letters, digits, dots, underscores and hyphens, and is not . or ..;"
                            + " name a topic without what the group or the topic brings in");
        }
        return letters;
    }

    private static void requireNoCircle(String source, Subscription.Topics topics, String letters) {
        if (topics.names().contains(letters)) {
            throw new InvalidSettingException(
                    "dead-letter-topic",
                    "makes " + letters + " for topic " + source
                            + ", which the consumer reads itself, so its letters would go round in circles; name another topic");
        }
    }

    /**
     * Returns the topic whose handler, deserialisers and dead-letter topic hold for records of a topic.
     *
     * @param topic a topic that is read
     * @return the topic itself, or, if it is the redrive topic of one that is read, that one
     */
    public String sourceOf(String topic) {
        return failures.redriveTopic()
                .flatMap(redrive -> redrive.sourceOf(topic, group))
                .filter(subscription::takes)
                .orElse(topic);
    }

    /**
     * Returns the redrive topic of a source topic.
     *
     * @param source a topic that is read
     * @return its name, or nothing if none is read or no topic can have that name
     */
    public Optional<String> redriveTopicFor(String source) {
        return failures.redriveTopic()
                .map(redrive -> redrive.nameFor(source, group))
                .filter(name -> TOPIC_NAME.matcher(name).matches());
    }

    /**
     * Returns the properties of the Kafka consumer.
     *
     * @return a new map
     */
    public Map<String, Object> consumerProperties() {
        return kafka.forConsumer(name, group);
    }
}
