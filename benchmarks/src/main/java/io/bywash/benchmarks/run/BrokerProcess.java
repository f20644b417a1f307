package io.bywash.benchmarks.run;

import io.bywash.testkit.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A broker in a JVM of its own, so that its allocation and its garbage are not counted as the consumer's. */
public final class BrokerProcess implements AutoCloseable {
    private static final String READY = "listening on ";

    private final Process process;
    private final String bootstrap;

    private BrokerProcess(Process process, String bootstrap) {
        this.process = process;
        this.bootstrap = bootstrap;
    }

    /**
     * Starts a broker.
     *
     * @return the broker, ready
     * @throws IOException if it does not start
     */
    public static BrokerProcess start() throws IOException {
        Process process = JavaProcess.start(ClassPath.current(), BrokerProcess.class, List.of());
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return new BrokerProcess(process, line.substring(READY.length()));
            }
        }
        throw new IOException("the broker ended before it was ready; its messages stand above");
    }

    /**
     * Returns where it listens.
     *
     * @return host and port
     */
    public String bootstrap() {
        return bootstrap;
    }

    @Override
    public void close() {
        JavaProcess.end(process);
    }

    /**
     * Runs the broker until standard input ends.
     *
     * @param arguments none
     * @throws IOException if standard input fails
     */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
            System.out.println(READY + kafka.bootstrapServers());
            int ignored = System.in.read();
        }
        System.exit(0);
    }
}
