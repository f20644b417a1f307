package io.bywash.core;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.GroupListener;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.KafkaProperties;
import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.StartFrom;
import io.bywash.core.settings.Subscription;
import io.bywash.core.settings.Timing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;

/** Collects what handlers and readers have in common. */
final class SettingsBuilder {
    private Optional<String> name = Optional.empty();
    private Optional<String> group = Optional.empty();
    private Optional<SortedSet<String>> topics = Optional.empty();
    private Optional<Pattern> include = Optional.empty();
    private Optional<Pattern> exclude = Optional.empty();
    private StartFrom startFrom = new StartFrom.Earliest();
    private MissingTopics missingTopics = MissingTopics.WAIT;
    private FailurePolicy failures = FailurePolicy.DEFAULT;
    private Ordering ordering = Ordering.PARTITION;
    private Batching batching = Batching.DEFAULT;
    private Timing timing = Timing.DEFAULT;
    private Buffers buffers = Buffers.DEFAULT;
    private MetadataLimits metadataLimits = MetadataLimits.DEFAULT;
    private final Map<String, Object> kafka = new HashMap<>();
    private final List<GroupListener> listeners = new ArrayList<>();
    private MetricRegistry metrics = new MetricRegistry();
    private Environment environment = Environment.system();

    /** Returns what a builder collects in. */
    static SettingsBuilder of(GroupMemberBuilder<?> builder) {
        return builder instanceof GroupConsumerBuilder handlers
                ? handlers.settings
                : ((GroupReaderBuilder<?, ?>) builder).settings;
    }

    void name(String value) {
        name = Optional.of(value);
    }

    void group(String value) {
        group = Optional.of(value);
    }

    void topics(String... names) {
        topics = Optional.of(new TreeSet<>(List.of(names)));
    }

    void topicPattern(Pattern pattern) {
        include = Optional.of(pattern);
    }

    void excludePattern(Pattern pattern) {
        exclude = Optional.of(pattern);
    }

    void startFrom(StartFrom value) {
        startFrom = value;
    }

    void missingTopics(MissingTopics value) {
        missingTopics = value;
    }

    void failures(FailurePolicy value) {
        failures = value;
    }

    void ordering(Ordering value) {
        ordering = value;
    }

    void batching(Batching value) {
        batching = value;
    }

    void timing(Timing value) {
        timing = value;
    }

    void buffers(Buffers value) {
        buffers = value;
    }

    void metadataLimits(MetadataLimits value) {
        metadataLimits = value;
    }

    void kafka(Map<String, ?> properties) {
        kafka.putAll(properties);
    }

    void listener(GroupListener value) {
        listeners.add(value);
    }

    void metrics(MetricRegistry value) {
        metrics = value;
    }

    void environment(Environment value) {
        environment = value;
    }

    /** Puts the engine together. */
    Engine engine(ConsumerSettings complete) {
        return new Engine(complete, List.copyOf(listeners), metrics, environment);
    }

    SortedSet<String> topicNames() {
        return topics.orElseGet(TreeSet::new);
    }

    ConsumerSettings build() {
        String id = group.orElseThrow(() -> new IllegalArgumentException("group is missing; name one with group(…)"));
        if (!kafka.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new IllegalArgumentException("bootstrap.servers is missing for group " + id
                    + "; give it with kafka(Map.of(\"bootstrap.servers\", \"host:port\"))");
        }
        return new ConsumerSettings(
                name.orElse(id),
                id,
                subscription(id),
                startFrom,
                missingTopics,
                failures,
                ordering,
                batching,
                timing,
                buffers,
                metadataLimits,
                KafkaProperties.of(kafka));
    }

    private Subscription subscription(String id) {
        if (topics.isPresent() == include.isPresent()) {
            throw new IllegalArgumentException("group " + id + " needs either topics or a topic pattern, and has "
                    + (topics.isPresent() ? "both" : "neither"));
        }
        if (exclude.isPresent() && include.isEmpty()) {
            throw new IllegalArgumentException("group " + id
                    + " has an exclude pattern but no topic pattern; leave the topics out of the list instead");
        }
        return include.<Subscription>map(pattern -> new Subscription.Matching(pattern, exclude))
                .orElseGet(() -> new Subscription.Topics(topics.orElseThrow()));
    }
}
