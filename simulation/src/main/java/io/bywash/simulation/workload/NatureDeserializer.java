package io.bywash.simulation.workload;

import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes values of certain topics, poison excepted. */
final class NatureDeserializer implements Deserializer<Nature> {
    private final Set<String> topics;

    NatureDeserializer(Set<String> topics) {
        this.topics = topics;
    }

    @Override
    public Nature deserialize(String topic, byte[] value) {
        if (!topics.contains(topic)) {
            throw new IllegalArgumentException(
                    "a record of " + topic + " comes where those of " + topics + " are taken");
        }
        Nature nature = Nature.of(value);
        if (nature == Nature.POISON) {
            throw new SerializationException("poison");
        }
        return nature;
    }
}
