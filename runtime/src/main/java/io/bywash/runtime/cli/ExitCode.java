package io.bywash.runtime.cli;

import io.bywash.core.event.ConsumerFailedException;

/** How a command ends. The numbers are a promise to scripts. */
public enum ExitCode {
    /** All went well. */
    OK(0, "all went well; for run: stopped by a signal, and drained"),
    /** A handler or Bywash itself failed. */
    SOFTWARE(1, "a handler or Bywash itself failed, or a call did not end in time"),
    /** The command line was not understood. */
    USAGE(2, "the command line was not understood"),
    /** The configuration cannot work. */
    CONFIGURATION(3, "the configuration cannot work"),
    /** The broker cannot be reached, or refused. */
    BROKER(4, "the broker was not reached, or refused"),
    /** A self-check found a difference. */
    VERIFICATION(5, "a self-check found a difference");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /**
     * Returns the number.
     *
     * @return what the process exits with
     */
    public int code() {
        return code;
    }

    /**
     * Returns the meaning.
     *
     * @return a clause for the help
     */
    public String meaning() {
        return meaning;
    }

    /**
     * Returns how a process ends whose consumer failed.
     *
     * @param failure the failure
     * @return the exit code
     */
    public static ExitCode of(ConsumerFailedException failure) {
        return switch (failure.kind()) {
            case CONFIGURATION -> CONFIGURATION;
            case REFUSED -> BROKER;
            case FENCED, HANDLER, SOFTWARE -> SOFTWARE;
        };
    }
}
