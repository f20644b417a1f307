package io.bywash.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that was started, with what it says in files, so that it never waits for somebody to read it. */
record Running(Process process, Path out, Path err) implements AutoCloseable {
    private static final long PATIENCE_S = 120;

    static Running of(ProcessBuilder builder) throws IOException {
        Path out = Files.createTempFile(builder.directory().toPath(), "out", "");
        Path err = Files.createTempFile(builder.directory().toPath(), "err", "");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        return new Running(process, out, err);
    }

    /** Asks for an orderly end, as systemd and Kubernetes do. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits for the end. */
    Ended end() throws InterruptedException {
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            close();
            throw new AssertionError("the process does not end; it said " + text(out) + text(err));
        }
        return new Ended(process.exitValue(), text(out), text(err));
    }

    /** Fails if the process is no more. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("the process has ended; it said " + text(out) + text(err));
        }
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
