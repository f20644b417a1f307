package io.bywash.benchmarks.run;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM like this one with another main class. It ends when its standard input does, also if this process is killed. */
public final class JavaProcess {
    /** A compiler that is busy otherwise counts no calls for a while, and then leaves buffers of the Kafka client in place for good. */
    private static final String COUNT_CALLS = "-XX:Tier3DelayOn=1000";

    private static final List<String> OPTIONS = List.of(
            "-Xms2g",
            "-Xmx2g",
            "-XX:+UseG1GC",
            COUNT_CALLS,
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow");
    private static final int PATIENCE_SECONDS = 30;

    private JavaProcess() {}

    /**
     * Starts a JVM.
     *
     * @param classPath its class path
     * @param main its main class
     * @param arguments its arguments
     * @return the process; its errors go where those of this process go
     * @throws IOException if it does not start
     */
    public static Process start(String classPath, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    }

    /**
     * Lets a process end, and makes it if it does not.
     *
     * @param process what {@link #start} returned
     */
    public static void end(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
        process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }
}
