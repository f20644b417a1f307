package io.bywash.runtime.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks {@code bootstrap.servers}, of which Kafka's own definition says no more than that it is a list. */
final class BootstrapServers {
    /** Kafka also takes the name of a protocol before the host, and takes no notice of it. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[a-zA-Z][a-zA-Z0-9+.-]*://)?(?:\\[[0-9a-fA-F:.%]+]|[0-9a-zA-Z._-]+):([0-9]{1,5})");

    private static final int LAST_PORT = 65_535;

    private BootstrapServers() {}

    static Optional<Problem> problem(Setting setting) {
        if (KafkaReader.isFromProvider(setting.text())) {
            return Optional.empty();
        }
        List<String> entries = Arrays.stream(setting.text().split(","))
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .toList();
        if (entries.isEmpty()) {
            return Optional.of(setting.problem("is empty; set it to host:port of a broker, such as localhost:9092"));
        }
        return entries.stream()
                .filter(entry -> !isAddress(entry))
                .findFirst()
                .map(entry -> setting.problem(
                        "has the entry \"" + entry + "\", but each must be host:port with a port from 1 to " + LAST_PORT
                                + ", such as localhost:9092"));
    }

    private static boolean isAddress(String entry) {
        Matcher address = ADDRESS.matcher(entry);
        return address.matches()
                && Integer.parseInt(address.group(1)) >= 1
                && Integer.parseInt(address.group(1)) <= LAST_PORT;
    }
}
