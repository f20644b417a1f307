package io.bywash.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the records of a content one after the other. Kafka's default partitioner puts those of a key into one partition. */
final class RecordSource {
    private static final int SEED = 1;

    private final String topic;
    private final Content content;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final int[] sequences;
    private final byte[] filler;
    private int number;

    RecordSource(String topic, Content content) {
        this.topic = topic;
        this.content = content;
        this.sequences = new int[content.keys().count()];
        this.filler = new byte[Math.max(Payload.SIZE, content.valueBytes())];
        // Random, so that no compression makes a difference.
        new SplittableRandom(SEED).nextBytes(filler);
    }

    static KafkaProducer<byte[], byte[]> producer(String bootstrap, int lingerMillis) {
        // Idempotent, as is the default: otherwise a retry could change the order of a key.
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrap,
                "linger.ms",
                lingerMillis,
                "batch.size",
                1 << 16,
                "buffer.memory",
                1L << 27);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    boolean hasNext() {
        return number < content.records();
    }

    /** Returns the next record; a due time of 0 means that it has none. */
    ProducerRecord<byte[], byte[]> next(long dueMicros) {
        int key = content.keys().next(random);
        int micros = content.work().micros(random);
        byte[] value = filler.clone();
        new Payload(dueMicros, key, sequences[key]++, micros, number++).writeTo(value);
        return new ProducerRecord<>(topic, Integer.toString(key).getBytes(StandardCharsets.US_ASCII), value);
    }

    /** Returns how many records the most frequent key has had so far. */
    int largestKey() {
        return Arrays.stream(sequences).max().orElse(0);
    }
}
