package io.bywash.chaos.secured;

import io.bywash.testkit.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Looks for secrets wherever somebody who must not know them can look. One thread at a time. */
public final class SecretSearch {
    private final List<String> secrets;
    private final List<String> hits = new ArrayList<>();
    private long characters;

    /**
     * Prepares a search.
     *
     * @param secrets the passwords
     * @param more further secrets, such as tokens and keys
     */
    public SecretSearch(Secrets secrets, List<String> more) {
        this.secrets = secrets.all(more);
    }

    private void look(String where, String text) {
        characters += text.length();
        secrets.stream()
                .filter(text::contains)
                .map(secret -> "a secret in " + where)
                .forEach(hits::add);
    }

    /**
     * Searches the files of a directory, but none of directories below it.
     *
     * @param directory where logs and journals are
     * @throws IOException if one cannot be read
     */
    public void files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // Any byte is a character, so that nothing is passed over.
                look(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    /**
     * Searches all that workers answer.
     *
     * @param workers the workers, which run
     * @throws IOException if one does not answer
     */
    public void answers(Collection<InstalledWorker> workers) throws IOException {
        for (InstalledWorker worker : workers) {
            for (Map.Entry<String, String> answer : worker.answers().entrySet()) {
                look("the answer to " + answer.getKey(), answer.getValue());
            }
        }
    }

    /**
     * Searches the records of a topic, with keys, values and headers.
     *
     * @param kafka the broker
     * @param topic the topic
     */
    public void records(EmbeddedKafka kafka, String topic) {
        for (ConsumerRecord<byte[], byte[]> record : kafka.read(topic)) {
            StringBuilder all = new StringBuilder();
            append(all, record.key());
            append(all, record.value());
            record.headers().forEach(header -> append(all.append(header.key()), header.value()));
            look("a record of " + topic, all.toString());
        }
    }

    private static void append(StringBuilder all, byte[] bytes) {
        all.append(bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1))
                .append(' ');
    }

    /**
     * Returns what was found.
     *
     * @return where secrets are; a complaint if there was next to nothing to search
     */
    public List<String> hits() {
        return characters > 100_000 ? hits : List.of("only " + characters + " characters to search for secrets");
    }
}
