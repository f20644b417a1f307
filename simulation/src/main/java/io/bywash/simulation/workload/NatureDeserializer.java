package io.bywash.simulation.workload;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes values, poison excepted. */
final class NatureDeserializer implements Deserializer<Nature> {

    @Override
    public Nature deserialize(String topic, byte[] value) {
        Nature nature = Nature.of(value);
        if (nature == Nature.POISON) {
            throw new SerializationException("poison");
        }
        return nature;
    }
}
