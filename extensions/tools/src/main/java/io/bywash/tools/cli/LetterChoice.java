package io.bywash.tools.cli;

import io.bywash.tools.deadletter.LetterFilter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which letters a command is about. A picocli mixin. */
final class LetterChoice {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Times.class,
            description = "Records from this time on, such as 2026-01-31T08:00:00Z.")
    private Optional<Instant> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", converter = Times.class, description = "Records before this time.")
    private Optional<Instant> until = Optional.empty();

    @Option(names = "--key", paramLabel = "KEY", description = "Records with this key, as text.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--handler", paramLabel = "NAME", description = "Letters of this handler.")
    private Optional<String> handler = Optional.empty();

    @Option(
            names = "--exception",
            paramLabel = "CLASS",
            description = "Letters with this exception, with or without its package.")
    private Optional<String> exception = Optional.empty();

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "Letters with this header, as text. May be repeated; then all must be there.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    LetterFilter filter() {
        try {
            return LetterFilter.ALL
                    .withTimes(since, until)
                    .withKey(key)
                    .withHandler(handler)
                    .withException(exception)
                    .withHeaders(headers);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
