package io.bywash.benchmarks;

import io.bywash.testkit.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker in a JVM of its own, so that its allocation and its garbage are not counted as the consumer's. */
final class BrokerProcess implements AutoCloseable {
    private static final String READY = "listening on ";

    private final Process process;
    private final String bootstrap;

    private BrokerProcess(Process process, String bootstrap) {
        this.process = process;
        this.bootstrap = bootstrap;
    }

    static BrokerProcess start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(List.of(
                        java.toString(),
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName()))
                .redirectError(Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return new BrokerProcess(process, line.substring(READY.length()));
            }
        }
        throw new IOException("the broker ended before it was ready; its messages stand above");
    }

    String bootstrap() {
        return bootstrap;
    }

    @Override
    public void close() throws IOException {
        // The broker ends when its input does, also if this process is killed.
        process.getOutputStream().close();
        process.onExit()
                .orTimeout(30, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
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
