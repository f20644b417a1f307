package io.bywash.core.settings;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Properties of the Kafka clients, as a user gives them. Anything a client knows is passed through, except what the engine must
 * decide itself; {@link #OWNED} says why for each.
 *
 * <p>Its {@link #toString()} shows names only, since values may be secrets.
 */
public final class KafkaProperties {

    /** Properties that are refused, each with the reason and what to do instead. */
    public static final Map<String, String> OWNED = owned();

    private static final int DEFAULT_MAX_POLL_INTERVAL_MS = 300_000;

    private final Map<String, Object> given;

    private KafkaProperties(Map<String, Object> given) {
        this.given = given;
    }

    /**
     * Takes properties over.
     *
     * @param properties names and values as the Kafka clients take them
     * @return the checked properties
     * @throws IllegalArgumentException if one of them belongs to the engine; the message names all of them with the reasons; or if
     *     one has no value
     */
    public static KafkaProperties of(Map<String, ?> properties) {
        String refused = new TreeMap<>(properties)
                .keySet().stream()
                        .filter(OWNED::containsKey)
                        .map(name -> name + " cannot be set: " + OWNED.get(name))
                        .collect(Collectors.joining("\n"));
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(refused);
        }
        properties.forEach((name, value) -> {
            if (value == null) {
                throw new IllegalArgumentException(name + " has no value; give it one or leave it out");
            }
        });
        return new KafkaProperties(Map.copyOf(properties));
    }

    /**
     * Returns the value of {@code max.poll.interval.ms}.
     *
     * @return milliseconds
     */
    public long maxPollIntervalMs() {
        return number(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, DEFAULT_MAX_POLL_INTERVAL_MS);
    }

    /**
     * Tells whether the group uses the protocol in which the broker assigns partitions.
     *
     * @return true for {@code group.protocol=consumer}
     */
    public boolean usesConsumerProtocol() {
        return "consumer".equalsIgnoreCase(String.valueOf(given.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG)));
    }

    /**
     * Returns a value as text, for messages. Not for properties that may hold secrets.
     *
     * @param name the property
     * @return its value, if it is given
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).map(Object::toString);
    }

    /**
     * Returns the value of a whole number.
     *
     * @param name the property
     * @param otherwise its value if it is not given
     * @return the value
     * @throws InvalidSettingException if what is given is no whole number
     */
    public long number(String name, long otherwise) {
        Object value = given.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(value.toString().trim());
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(name, "is '" + value + "', but must be a whole number");
        }
    }

    /**
     * Returns what the Kafka consumer is created with: defaults, then the user's values, then what the engine decides.
     *
     * @param name the consumer's name, used as the default {@code client.id}
     * @param group the group
     * @return a new map
     */
    public Map<String, Object> forConsumer(String name, String group) {
        Map<String, Object> all = new HashMap<>();
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, name);
        // A poll is one hand-over per partition, and the size of the hand-over decides the speed; the buffers bound the
        // memory.
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 3_000);
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        // The system's own sizing; Kafka's 64 KiB make many small reads of one large fetch.
        all.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        if (!usesConsumerProtocol()) {
            // Partitions that stay must not stop for those that go, which the eager assignors would have them do.
            all.put(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                    List.of(CooperativeStickyAssignor.class.getName()));
        }
        all.putAll(given);
        all.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return all;
    }

    /**
     * Returns what the producer of dead letters is created with. Properties that only consumers know are left out.
     *
     * @param name the consumer's name
     * @param maxBlockMs how long a send may wait for metadata or memory; shorter than the drain time-out
     * @return a new map
     */
    public Map<String, Object> forDeadLetterProducer(String name, long maxBlockMs) {
        Map<String, Object> all = known(ProducerConfig.configNames());
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, name + "-dead-letters");
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlockMs);
        // What was read can be written again wherever the topic allows it, which the topic decides and not the
        // producer.
        all.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
        all.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        all.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
        return all;
    }

    /**
     * Returns what the admin client is created with. Properties that only consumers know are left out.
     *
     * @param name the consumer's name
     * @return a new map
     */
    public Map<String, Object> forAdmin(String name) {
        Map<String, Object> all = known(AdminClientConfig.configNames());
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, name + "-admin");
        return all;
    }

    private Map<String, Object> known(Set<String> names) {
        Map<String, Object> all = new HashMap<>(given);
        // Names no client knows stay: they belong to plug-ins such as login handlers and metrics reporters.
        all.keySet().removeIf(name -> ConsumerConfig.configNames().contains(name) && !names.contains(name));
        return all;
    }

    @Override
    public String toString() {
        return "KafkaProperties" + new TreeMap<>(given).keySet();
    }

    private static Map<String, String> owned() {
        Map<String, String> reasons = new TreeMap<>();
        reasons.put(
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                "records are decoded on the workers, so give the deserialiser with the handler");
        reasons.put(
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                "records are decoded on the workers, so give the deserialiser with the handler");
        reasons.put(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "offsets are committed only after the work is done; set the commit interval instead");
        reasons.put(
                ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG,
                "offsets are committed only after the work is done; set the commit interval instead");
        reasons.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "no position may jump silently; set start-from instead");
        reasons.put(ConsumerConfig.GROUP_ID_CONFIG, "it is the group of the consumer; set group instead");
        reasons.put(
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                "a consumer that creates the topics it misspells hides the mistake; create the topic instead");
        return Collections.unmodifiableMap(reasons);
    }
}
