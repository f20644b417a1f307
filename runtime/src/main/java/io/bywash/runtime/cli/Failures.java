package io.bywash.runtime.cli;

import io.bywash.auth.InvalidAuthException;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.settings.InvalidSettingException;
import io.bywash.runtime.config.InvalidConfigurationException;
import io.bywash.runtime.discovery.BrokenHandlerException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Reports what a command throws: foreseen failures by their message alone, others with their stack. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        Optional<ExitCode> foreseen = foreseen(failure);
        if (foreseen.isPresent()) {
            command.getErr().println(failure.getMessage());
        } else {
            command.getErr().println("Bywash failed in a way that nobody foresaw: " + failure);
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return foreseen.orElse(ExitCode.SOFTWARE).code();
    }

    private static Optional<ExitCode> foreseen(Exception failure) {
        if (failure instanceof InvalidConfigurationException
                || failure instanceof InvalidSettingException
                || failure instanceof InvalidAuthException) {
            return Optional.of(ExitCode.CONFIGURATION);
        }
        if (failure instanceof BrokenHandlerException) {
            return Optional.of(ExitCode.SOFTWARE);
        }
        return failure instanceof ConsumerFailedException failed ? Optional.of(ExitCode.of(failed)) : Optional.empty();
    }
}
