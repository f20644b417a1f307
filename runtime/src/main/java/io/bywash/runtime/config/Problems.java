package io.bywash.runtime.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects what is wrong, so that all of it can be told at once. A problem that is found twice is kept once. Not thread-safe.
 */
public final class Problems {
    private final Set<Problem> errors = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();

    /**
     * Adds something that keeps Bywash from starting.
     *
     * @param problem what is wrong
     */
    public void error(Problem problem) {
        errors.add(problem);
    }

    /**
     * Adds something that is probably a mistake but keeps nothing from working.
     *
     * @param problem what looks wrong
     */
    public void warn(Problem problem) {
        warnings.add(problem);
    }

    /**
     * Returns what keeps Bywash from starting.
     *
     * @return the problems in the order of their files and lines
     */
    public List<Problem> errors() {
        return errors.stream().sorted(Problem.BY_PLACE).toList();
    }

    /**
     * Returns what is probably a mistake.
     *
     * @return the problems in the order of their files and lines
     */
    public List<Problem> warnings() {
        return warnings.stream().sorted(Problem.BY_PLACE).toList();
    }

    /**
     * Ends the work if something keeps Bywash from starting.
     *
     * @throws InvalidConfigurationException with all errors
     */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new InvalidConfigurationException(errors());
        }
    }
}
