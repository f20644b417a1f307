package io.bywash.auth;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The TLS or SASL settings cannot work. Thrown before any connection, with every problem that could be found at once.
 */
public final class InvalidAuthException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final AuthProblem[] problems;

    InvalidAuthException(List<AuthProblem> problems) {
        super(message(problems));
        this.problems = problems.toArray(AuthProblem[]::new);
    }

    InvalidAuthException(String setting, String message) {
        this(List.of(new AuthProblem(setting, message)));
    }

    /** What is wrong, in the order of the settings; at least one. */
    public List<AuthProblem> problems() {
        return List.of(problems);
    }

    private static String message(List<AuthProblem> problems) {
        if (problems.size() == 1) {
            return problems.get(0).toString();
        }
        return problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining("", problems.size() + " problems with the TLS and SASL settings:", ""));
    }
}
