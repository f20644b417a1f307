package io.bywash.chaos.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with the class path of this one and another main class. That class calls {@link ParentWatch}, so that no child outlives its
 * parent. Any thread.
 */
public final class ChildJvm implements AutoCloseable {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // Who has no memory left should end rather than limp: that cannot be overlooked.
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-Dchaos.log.level=INFO",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What makes a process end. */
    public enum Ending {
        /** Nobody told it to. */
        BY_ITSELF,
        /** SIGTERM. */
        TOLD,
        /** SIGKILL. */
        KILLED
    }

    private final long began = System.nanoTime();
    private final Process process;
    private final CompletableFuture<Duration> lasted;
    private volatile Ending ending = Ending.BY_ITSELF;
    private volatile Duration toldAfter = Duration.ZERO;

    private ChildJvm(Process process) {
        this.process = process;
        lasted = process.onExit().thenApply(gone -> Duration.ofNanos(System.nanoTime() - began));
    }

    /**
     * Starts a JVM.
     *
     * @param main its main class
     * @param heap its largest heap, as {@code -Xmx} takes it
     * @param log where its output goes, appended
     * @param arguments what {@code main} is told
     * @return the running JVM
     * @throws IOException if it does not start
     */
    public static ChildJvm start(Class<?> main, String heap, Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add("-Xmx" + heap);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ChildJvm(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start());
    }

    /** SIGKILL. Returns when the process is gone. */
    public void kill() {
        note(Ending.KILLED);
        process.destroyForcibly();
        if (!awaitExit(PATIENCE)) {
            throw new IllegalStateException("process " + process.pid() + " is still there " + PATIENCE.toSeconds()
                    + " s after SIGKILL; see what the kernel waits for");
        }
    }

    /** SIGTERM. Returns at once. */
    public void terminate() {
        if (ending != Ending.TOLD) {
            toldAfter = Duration.ofNanos(System.nanoTime() - began);
        }
        note(Ending.TOLD);
        // Not Process.destroy, which closes the standard input of the child as well, and that ends it at once.
        process.toHandle().destroy();
    }

    /** Notes what is about to be done; one that has ended by itself cannot be told to any more. */
    private void note(Ending next) {
        if (process.isAlive()) {
            ending = next;
        }
    }

    /**
     * SIGSTOP: the process stands still until {@link #thaw}.
     *
     * @throws IOException if the signal cannot be sent
     */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /**
     * SIGCONT.
     *
     * @throws IOException if the signal cannot be sent
     */
    public void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        if (!awaitExit(kill, PATIENCE) || kill.exitValue() != 0) {
            throw new IOException("SIG" + name + " did not reach process " + process.pid() + "; it has ended before");
        }
    }

    /**
     * Waits for the end of the process.
     *
     * @param limit how long
     * @return whether it has ended
     */
    public boolean awaitExit(Duration limit) {
        return awaitExit(process, limit);
    }

    private static boolean awaitExit(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /**
     * Returns what the process ended with.
     *
     * @return its exit code
     * @throws IllegalThreadStateException if it runs
     */
    public int exitCode() {
        return process.exitValue();
    }

    /**
     * Returns how long the process ran.
     *
     * @return the time from its start to its end, for which it waits
     */
    public Duration lasted() {
        return lasted.join();
    }

    /**
     * Returns how long the process went on after SIGTERM, whatever has ended it.
     *
     * @return the time from the first SIGTERM to its end, for which it waits; zero if it was never told to end
     */
    public Duration wentOn() {
        return toldAfter.isZero() ? Duration.ZERO : lasted().minus(toldAfter);
    }

    /**
     * Tells what has made the process end, or would be taken for it if it ended now.
     *
     * @return what was done to it last, while it ran
     */
    public Ending ending() {
        return ending;
    }

    /**
     * Tells whether the process runs.
     *
     * @return false once it has ended
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process whatever its state. */
    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit(PATIENCE);
    }
}
