package io.bywash.core;

import io.bywash.core.binding.RecordDecoder;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.OnFailure;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Describes a {@link GroupReader}. A group, topics and {@code bootstrap.servers} are needed; all else has a default. Not thread-safe.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class GroupReaderBuilder<K, V> implements GroupMemberBuilder<GroupReaderBuilder<K, V>> {
    final SettingsBuilder settings = new SettingsBuilder();
    private final Supplier<RecordDecoder<K, V>> decoders;

    GroupReaderBuilder(Supplier<? extends Deserializer<K>> keys, Supplier<? extends Deserializer<V>> values) {
        decoders = () -> new RecordDecoder<>(keys, values);
        // What becomes of a record is the application's affair, so there are no dead letters, and none that come back.
        settings.failures(FailurePolicy.DEFAULT.withOnFailure(OnFailure.HALT).withRedriveTopic(Optional.empty()));
    }

    /**
     * Builds the reader without starting it.
     *
     * @return the reader
     * @throws IllegalArgumentException if something is missing or out of range; the message says what and what to do
     */
    public GroupReader<K, V> build() {
        return new GroupReader<>(settings.engine(settings.build()), decoders);
    }

    /**
     * Builds the reader and starts it.
     *
     * @return the running reader
     */
    public GroupReader<K, V> start() {
        GroupReader<K, V> reader = build();
        reader.start();
        return reader;
    }
}
