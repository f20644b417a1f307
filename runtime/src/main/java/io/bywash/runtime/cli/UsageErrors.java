package io.bywash.runtime.cli;

import io.bywash.runtime.config.Nearest;
import java.io.PrintWriter;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was wrong with a command line, and where the help is, which would bury the message if it were printed after it. */
final class UsageErrors implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        Set<String> commands = command.getSubcommands().keySet();
        if (failure instanceof UnmatchedArgumentException unmatched && !commands.isEmpty()) {
            String written = unmatched.getUnmatched().get(0);
            err.println("there is no command " + written
                    + Nearest.to(written, commands)
                            .map(name -> "; did you mean " + name + "?")
                            .orElseGet(() -> "; there are " + String.join(", ", commands)));
        } else {
            err.println(failure.getMessage());
            UnmatchedArgumentException.printSuggestions(failure, err);
        }
        String[] names = command.getCommandSpec().qualifiedName(" ").split(" ", 2);
        err.println("see " + names[0] + " help" + (names.length == 1 ? "" : " " + names[1]));
        err.flush();
        return ExitCode.USAGE.code();
    }
}
