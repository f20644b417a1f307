package io.bywash.tools.cli;

import io.bywash.tools.console.ConsoleClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The console, and what of it is meant. A picocli mixin. */
final class ConsoleOption {

    @Option(
            names = "--console",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the console of the process is. Default: ${DEFAULT-VALUE}.")
    private URI address;

    @Parameters(index = "0", paramLabel = "CONSUMER", description = "The name of the consumer.")
    private String consumer;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "TOPIC-PARTITION",
            description = "Partitions such as orders-3. Default: all that the process has.")
    private List<String> partitions = new ArrayList<>();

    @Mixin
    private OutputOption output;

    OutputOption output() {
        return output;
    }

    String consumer() {
        return consumer;
    }

    List<String> partitions() {
        return partitions;
    }

    ConsoleClient client() {
        return new ConsoleClient(address, Optional.ofNullable(System.getenv("BYWASH_CONSOLE_TOKEN")));
    }

    /** Says what was done. */
    void done(String state) {
        if (output.isJson()) {
            output.json(Map.of("consumer", consumer, "partitions", partitions, "state", state));
        } else {
            String what = partitions.isEmpty() ? "all partitions" : String.join(", ", partitions);
            output.out().println(OutputOption.plain(consumer + ": " + what + " " + state));
        }
    }
}
