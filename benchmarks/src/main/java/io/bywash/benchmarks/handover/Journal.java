package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.load.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one process handled, in a file that outlives it: each record is written as soon as it is handled. Used by any thread. */
final class Journal {
    private static final int ENTRY = Integer.BYTES + 3 * Long.BYTES;

    private final FileChannel file;

    /**
     * A record that was handled.
     *
     * @param partition its partition
     * @param offset its offset
     * @param micros when the handler was through with it, in microseconds since 1970
     * @param delayMicros how long that was after the record was due to be sent
     */
    record Entry(int partition, long offset, long micros, long delayMicros) {

        /** Returns when the record was due to be sent, in microseconds since 1970. */
        long dueMicros() {
            return micros - delayMicros;
        }
    }

    private Journal(FileChannel file) {
        this.file = file;
    }

    static Journal create(Path path) throws IOException {
        return new Journal(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND));
    }

    void handled(ConsumerRecord<byte[], byte[]> record) {
        long now = Payload.nowMicros();
        ByteBuffer entry = ByteBuffer.allocate(ENTRY)
                .putInt(record.partition())
                .putLong(record.offset())
                .putLong(now)
                .putLong(now - Payload.of(record.value()).dueMicros())
                .flip();
        try {
            synchronized (file) {
                file.write(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("offset " + record.offset() + " cannot be noted", e);
        }
    }

    /** Reads what was written; what a killed process wrote in part is left out. */
    static List<Entry> read(Path path) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        List<Entry> entries = new ArrayList<>();
        while (bytes.remaining() >= ENTRY) {
            entries.add(new Entry(bytes.getInt(), bytes.getLong(), bytes.getLong(), bytes.getLong()));
        }
        return entries;
    }
}
