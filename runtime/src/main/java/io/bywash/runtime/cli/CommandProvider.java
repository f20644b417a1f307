package io.bywash.runtime.cli;

/**
 * Adds a command. Found by {@link java.util.ServiceLoader} on the class path of the application.
 */
public interface CommandProvider {

    /**
     * Creates the command.
     *
     * @param stopping tells the command when the process is to stop, if it runs for long
     * @return an object annotated as picocli's {@code @Command}, whose {@code Callable} returns the number of an {@link ExitCode}.
     *     Exceptions of the runtime that it throws are reported as those of the built-in commands are
     */
    Object command(StopSource stopping);
}
