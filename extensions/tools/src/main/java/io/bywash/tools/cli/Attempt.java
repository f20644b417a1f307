package io.bywash.tools.cli;

import io.bywash.runtime.cli.ExitCode;
import io.bywash.tools.ToolException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** The work of a command, whose foreseen failures are told by their message alone. */
final class Attempt {
    private Attempt() {}

    static int at(OutputOption output, Supplier<ExitCode> work) {
        try {
            return work.get().code();
        } catch (ToolException e) {
            return failed(output, String.valueOf(e.getMessage()), codeOf(e));
        } catch (InterruptException e) {
            return failed(output, "interrupted; what was reported is done", ExitCode.SOFTWARE);
        } catch (KafkaException e) {
            return failed(
                    output,
                    "the broker was not reached, or refused: " + e.getMessage()
                            + (e.getCause() == null ? "" : ": " + e.getCause().getMessage())
                            + "; check bootstrap.servers and the credentials",
                    ExitCode.BROKER);
        }
    }

    private static int failed(OutputOption output, String message, ExitCode code) {
        output.err().println(OutputOption.plain(message));
        return code.code();
    }

    private static ExitCode codeOf(ToolException failure) {
        return switch (failure.kind()) {
            case NOT_FOUND -> ExitCode.CONFIGURATION;
            case REFUSED -> ExitCode.SOFTWARE;
            case BROKER -> ExitCode.BROKER;
        };
    }
}
