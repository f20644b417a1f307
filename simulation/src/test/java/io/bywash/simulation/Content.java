package io.bywash.simulation;

import io.bywash.handler.NonRetriableException;
import io.bywash.handler.RetriableException;
import io.bywash.simulation.workload.Nature;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a record of a schedule asks of its handler: how it turns out depends on it and on the number of the attempt, and on nothing
 * else, so that it turns out alike wherever it is handled.
 *
 * @param nature how it turns out
 * @param length how long its value is, which decides how often it fails if it does so for a while only
 */
record Content(Nature nature, int length) {
    private static final int MOST_FAILURES = 3;

    static Deserializer<Content> deserializer() {
        return (topic, value) -> {
            String text = new String(value, StandardCharsets.UTF_8);
            Content content = new Content(Nature.valueOf(text.substring(0, text.indexOf(' '))), value.length);
            if (content.nature == Nature.POISON) {
                throw new SerializationException("poison");
            }
            return content;
        };
    }

    void act(int attempt) throws Exception {
        switch (nature) {
            case GOOD, POISON, FATAL -> {}
            case FLAKY -> {
                if (attempt <= 1 + length % MOST_FAILURES) {
                    throw new RetriableException("not yet");
                }
            }
            case STUBBORN -> throw new IllegalArgumentException("never");
            case HOPELESS, LARGE -> throw new NonRetriableException("never");
        }
    }
}
