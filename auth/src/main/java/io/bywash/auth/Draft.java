package io.bywash.auth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Client properties in the making, with everything found on the way. Used by one thread. */
final class Draft {
    private final Map<String, Object> properties = new TreeMap<>();
    private final List<AuthProblem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> urls = new LinkedHashSet<>();
    private final Set<String> files = new LinkedHashSet<>();

    void put(String property, Object value) {
        properties.put(property, value);
    }

    void putAll(Map<String, Object> more) {
        properties.putAll(more);
    }

    void problem(String setting, String message) {
        problems.add(new AuthProblem(setting, message));
    }

    void warn(String message) {
        warnings.add(message);
    }

    /** The client will have to open this URL. */
    void opens(String url) {
        urls.add(url);
    }

    /** The client will have to read this file itself. */
    void reads(String file) {
        files.add(file);
    }

    /** What the loader makes; empty, with a problem noted against the setting, if it cannot. */
    <T> Optional<T> attempt(String setting, Loader<T> loader) {
        try {
            return Optional.of(loader.load());
        } catch (UnusableException e) {
            problem(setting, e.getMessage());
            return Optional.empty();
        }
    }

    void throwIfInvalid() {
        if (!problems.isEmpty()) {
            throw new InvalidAuthException(problems);
        }
    }

    Map<String, Object> properties() {
        return Collections.unmodifiableMap(properties);
    }

    List<AuthProblem> problems() {
        return List.copyOf(problems);
    }

    List<String> warnings() {
        return warnings;
    }

    Set<String> urls() {
        return urls;
    }

    Set<String> files() {
        return files;
    }

    /** Makes a value out of files, or says why it cannot. */
    interface Loader<T> {
        T load() throws UnusableException;
    }
}
