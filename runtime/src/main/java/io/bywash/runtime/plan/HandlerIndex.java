package io.bywash.runtime.plan;

import io.bywash.runtime.config.HandlerReference;
import io.bywash.runtime.config.Nearest;
import io.bywash.runtime.config.Problem;
import io.bywash.runtime.config.Problems;
import io.bywash.runtime.discovery.BrokenProvider;
import io.bywash.runtime.discovery.Discovered;
import io.bywash.runtime.discovery.FoundHandler;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The handlers by name, and which of them somebody asked for. */
final class HandlerIndex {
    private final Map<String, FoundHandler> byName = new TreeMap<>();
    private final Set<String> referred = new HashSet<>();
    private final String folder;
    private final List<BrokenProvider> broken;
    private final Problems problems;

    /** The folder is where else handlers were looked for, as a person wants to be told. */
    HandlerIndex(Discovered discovered, String folder, Problems problems) {
        this.folder = folder;
        this.broken = discovered.broken();
        this.problems = problems;
        for (FoundHandler handler : discovered.handlers()) {
            FoundHandler before = byName.putIfAbsent(handler.name(), handler);
            if (before != null) {
                problems.error(problem(
                        handler,
                        "has the same name as " + before.type().getName() + " (" + before.place()
                                + "); give one of them another with @Handles(name = …)"));
            }
        }
    }

    static Problem problem(FoundHandler handler, String reason) {
        return new Problem(
                "handler " + handler.name(), handler.place(), handler.type().getName() + " " + reason);
    }

    Optional<FoundHandler> find(HandlerReference reference) {
        referred.add(reference.name());
        FoundHandler handler = byName.get(reference.name());
        if (handler == null) {
            problems.error(reference.problem(
                    "is " + reference.name() + ", but there is no such handler" + remedy(reference.name())));
        }
        return Optional.ofNullable(handler);
    }

    private String remedy(String name) {
        String found = byName.isEmpty()
                ? "; none was found at all: put its jar on the class path or into " + folder
                : "; found: " + String.join(", ", byName.keySet());
        String meant = Nearest.to(name, byName.keySet())
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        String failed = broken.stream().map(provider -> "; " + provider).collect(Collectors.joining());
        return meant.isEmpty() ? found + failed : meant + failed;
    }

    /** Returns the handlers that nobody asked for by name and that declare no topics, so that they are in no consumer. */
    List<FoundHandler> unused() {
        return byName.values().stream()
                .filter(handler -> !referred.contains(handler.name()))
                .filter(handler -> handler.topics().isEmpty())
                .toList();
    }

    /** Returns the handlers that declare their topics and that nobody asked for by name. */
    Collection<FoundHandler> declared() {
        return byName.values().stream()
                .filter(handler -> !referred.contains(handler.name()))
                .filter(handler -> !handler.topics().isEmpty())
                .toList();
    }
}
