package io.bywash.runtime.config;

import io.bywash.auth.AuthSettings;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.InvalidSettingException;
import io.bywash.core.settings.KafkaProperties;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the blocks of {@code bywash.consumers}. */
final class ConsumerReader {
    private final Map<String, Setting> commonKafka;
    private final AuthReader auth;
    private final KafkaReader kafka;
    private final Problems problems;

    ConsumerReader(Map<String, Setting> commonKafka, AuthReader auth, KafkaReader kafka, Problems problems) {
        this.commonKafka = commonKafka;
        this.auth = auth;
        this.kafka = kafka;
        this.problems = problems;
    }

    ConsumerBlock read(String name, Section section) {
        String group = section.read("group", Form.TEXT).orElse(name);
        String where = section.setting("group").map(Setting::where).orElseGet(section::where);
        Optional<Subscription> subscription = subscription(section);
        Map<String, HandlerReference> handlers = new TreeMap<>();
        section.section("handlers")
                .leaves()
                .forEach((topic, setting) -> handlers.put(topic, HandlerReference.of(setting)));
        Optional<HandlerReference> handler = section.read("handler", Form.TEXT)
                .flatMap(text -> section.setting("handler"))
                .map(HandlerReference::of);
        if (handlers.isEmpty() && handler.isEmpty()) {
            section.reject("names no handler; set handler = NAME, or handlers { TOPIC = NAME }");
        }
        ConsumerOptions options = OptionsReader.read(section);
        warnOfIdleConcurrency(options.ordering(), section);
        ClientProperties client = client(section);
        subscription.ifPresent(known -> check(new Draft(name, group, known, options, client), section));
        return new ConsumerBlock(name, where, group, subscription, handlers, handler, options, client);
    }

    /** A concurrency of {@code bywash.defaults} may be meant for other consumers, one of the block itself cannot. */
    private void warnOfIdleConcurrency(Ordering ordering, Section section) {
        if (ordering instanceof Ordering.Partition && section.keys().contains("concurrency")) {
            section.setting("concurrency")
                    .map(given -> given.problem("is not used with ordering = partition; write ordering = key, or none"))
                    .ifPresent(problems::warn);
        }
    }

    private ClientProperties client(Section section) {
        Map<String, Setting> merged = new TreeMap<>(commonKafka);
        merged.putAll(kafka.read(section.section("kafka")));
        Optional<AuthSettings> settings = auth.read(section.section("auth"));
        kafka.checkTogether(merged, settings);
        return new ClientProperties(KafkaReader.values(merged), settings);
    }

    /** Reports what does not go together. Each value by itself is right, so there is nothing to leave out and try again. */
    static void check(Draft draft, Section section) {
        try {
            draft.settings();
        } catch (InvalidSettingException e) {
            section.reject(e.setting(), e.reason());
        }
    }

    private static Optional<Subscription> subscription(Section section) {
        boolean listed = section.has("topics");
        boolean matched = section.has("topic-pattern");
        if (listed == matched) {
            section.reject(
                    listed
                            ? "has both topics and topic-pattern; keep one of them"
                            : "names no topics; set topics = [NAME, …] or topic-pattern");
        }
        Optional<List<String>> topics = section.readAll("topics", TopicName.FORM);
        Optional<Pattern> include = section.read("topic-pattern", Form.PATTERN);
        Optional<Pattern> exclude = section.read("exclude-pattern", Form.PATTERN);
        if (exclude.isPresent() && !matched) {
            section.reject(
                    "exclude-pattern",
                    "needs a topic-pattern to exclude from; leave the topics out of the list instead");
        }
        if (listed == matched) {
            return Optional.empty();
        }
        return listed
                ? topics.flatMap(names -> section.build(
                        () -> Optional.of(new Subscription.Topics(new TreeSet<>(names))), Optional.empty()))
                : include.map(pattern -> new Subscription.Matching(pattern, exclude));
    }

    /** What the engine checks together. */
    record Draft(
            String name, String group, Subscription subscription, ConsumerOptions options, ClientProperties client) {
        ConsumerSettings settings() {
            return new ConsumerSettings(
                    name,
                    group,
                    subscription,
                    options.startFrom(),
                    options.missingTopics(),
                    options.failures(),
                    options.ordering(),
                    options.batching(),
                    options.timing(),
                    options.buffers(),
                    options.metadataLimits(),
                    KafkaProperties.of(client.given()));
        }
    }
}
