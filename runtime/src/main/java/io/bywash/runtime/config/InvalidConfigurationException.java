package io.bywash.runtime.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot work. The message lists every problem, one a line. */
public final class InvalidConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem[] problems;

    /**
     * Creates the exception.
     *
     * @param problems what is wrong; at least one
     */
    public InvalidConfigurationException(List<Problem> problems) {
        super(message(problems));
        this.problems = problems.toArray(Problem[]::new);
    }

    /**
     * Returns what is wrong.
     *
     * @return the problems in the order of their files and lines
     */
    public List<Problem> problems() {
        return List.of(problems);
    }

    private static String message(List<Problem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining("", count + " in the configuration:", ""));
    }
}
