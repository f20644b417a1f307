package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A process that was started.
 *
 * @param process the process
 * @param out the file with what it has said
 * @param err the file with what it has complained about
 */
record Launched(Process process, Path out, Path err) implements AutoCloseable {
    private static final long PATIENCE_S = 120;

    /** Starts a process. Of this one's environment it gets the PATH, with the Java of this one first, and nothing else. */
    static Launched of(Path directory, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile(directory, "launched", ".out");
            Path err = Files.createTempFile(directory, "launched", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            String path = builder.environment().get("PATH");
            builder.environment().clear();
            builder.environment().put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + path);
            builder.environment().putAll(environment);
            return new Launched(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    int exitCode() {
        try {
            assertTrue(
                    process.waitFor(PATIENCE_S, TimeUnit.SECONDS), () -> "it does not end: " + said() + complaints());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until something is so. */
    void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!condition.getAsBoolean()) {
            assertTrue(process.isAlive(), () -> "it has ended: " + said() + complaints());
            assertTrue(System.nanoTime() < deadline, () -> "nothing happens: " + said() + complaints());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Sends SIGTERM; {@link Process#destroy()} would close the streams as well. */
    void terminate() {
        process.toHandle().destroy();
    }

    String said() {
        return text(out);
    }

    String complaints() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
