package io.bywash.core;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.GroupListener;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.StartFrom;
import io.bywash.core.settings.Timing;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What every member of a group can be told, whether it hands records to handlers or an application reads them. A group, topics and
 * {@code bootstrap.servers} are needed; all else has a default. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public sealed interface GroupMemberBuilder<B extends GroupMemberBuilder<B>>
        permits GroupConsumerBuilder, GroupReaderBuilder {

    /**
     * Names the group, which also names the member unless {@link #name} does.
     *
     * @param group Kafka's {@code group.id}
     * @return this
     */
    default B group(String group) {
        return set(all -> all.group(group));
    }

    /**
     * Names the member in logs, metrics and events.
     *
     * @param name the name
     * @return this
     */
    default B name(String name) {
        return set(all -> all.name(name));
    }

    /**
     * Reads a list of topics.
     *
     * @param topics at least one topic
     * @return this
     */
    default B topics(String... topics) {
        return set(all -> all.topics(topics));
    }

    /**
     * Reads all topics whose whole name matches, those created later included.
     *
     * @param include what names must match
     * @return this
     */
    default B topicPattern(Pattern include) {
        return set(all -> all.topicPattern(include));
    }

    /**
     * Leaves out topics that the pattern would take in.
     *
     * @param exclude names that are left out
     * @return this
     */
    default B excludePattern(Pattern exclude) {
        return set(all -> all.excludePattern(exclude));
    }

    /**
     * Says where a partition without a committed offset is read from; the default is the first record there is.
     *
     * @param from the place
     * @return this
     */
    default B startFrom(StartFrom from) {
        return set(all -> all.startFrom(from));
    }

    /**
     * Says what happens when a listed topic does not exist; by default the member waits for it.
     *
     * @param missing what to do
     * @return this
     */
    default B missingTopics(MissingTopics missing) {
        return set(all -> all.missingTopics(missing));
    }

    /**
     * Sets the times the member keeps.
     *
     * @param timing the times
     * @return this
     */
    default B timing(Timing timing) {
        return set(all -> all.timing(timing));
    }

    /**
     * Bounds how much may be committed beside the offsets.
     *
     * @param limits the bounds
     * @return this
     */
    default B metadataLimits(MetadataLimits limits) {
        return set(all -> all.metadataLimits(limits));
    }

    /**
     * Bounds what waits between the poll thread and those who take the records.
     *
     * @param buffers the bounds
     * @return this
     */
    default B buffers(Buffers buffers) {
        return set(all -> all.buffers(buffers));
    }

    /**
     * Adds properties for the Kafka clients.
     *
     * @param properties names and values as Kafka takes them
     * @return this
     */
    default B kafka(Map<String, ?> properties) {
        return set(all -> all.kafka(properties));
    }

    /**
     * Adds a listener.
     *
     * @param listener receives the events of the member
     * @return this
     */
    default B listener(GroupListener listener) {
        return set(all -> all.listener(listener));
    }

    /**
     * Says where metrics go; by default to a registry nobody sees.
     *
     * @param registry the registry, shared or not
     * @return this
     */
    default B metrics(MetricRegistry registry) {
        return set(all -> all.metrics(registry));
    }

    /**
     * Replaces time, threads and Kafka clients, for simulations and tests.
     *
     * @param replacement the parts to use
     * @return this
     */
    default B environment(Environment replacement) {
        return set(all -> all.environment(replacement));
    }

    @SuppressWarnings("unchecked") // each of the permitted builders names itself as B
    private B set(Consumer<SettingsBuilder> change) {
        change.accept(SettingsBuilder.of(this));
        return (B) this;
    }
}
