package io.bywash.runtime;

import io.bywash.handler.TopicHandler;
import io.bywash.runtime.config.Problem;
import io.bywash.runtime.config.Problems;
import io.bywash.runtime.config.Section;
import io.bywash.runtime.config.SettingsReader;
import io.bywash.runtime.plan.Preparation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The extensions of one application. One that is broken costs the application nothing but itself. */
final class Extensions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Extensions.class);

    private final Map<String, Companion> companions;
    private final Problems problems;

    private Extensions(Map<String, Companion> companions, Problems problems) {
        this.companions = companions;
        this.problems = problems;
    }

    /**
     * Looks for extensions on a class path and has them read their settings. What is wrong is added to the problems. One that is given
     * takes the place of the one of its name on the class path.
     */
    static Extensions find(ClassLoader classPath, Collection<Extension> given, Preparation preparation) {
        Problems problems = preparation.problems();
        Map<String, Extension> extensions = new LinkedHashMap<>();
        load(classPath, problems).forEach(extension -> extensions.put(extension.name(), extension));
        given.forEach(extension -> extensions.put(extension.name(), extension));
        Section root = Section.root(preparation.config(), problems).section(SettingsReader.ROOT);
        Map<String, Companion> companions = new LinkedHashMap<>();
        extensions.forEach((name, extension) -> {
            try {
                Section settings = root.section(name);
                companions.put(name, extension.configure(settings));
                settings.refuseUnknown();
            } catch (RuntimeException | LinkageError e) {
                problems.warn(leftOut(name, e));
            }
        });
        return new Extensions(companions, problems);
    }

    private static Problem leftOut(String name, Throwable failure) {
        return new Problem(
                "extension " + name,
                "",
                "fails and is left out: " + failure + "; use the jar of this version, with the libraries it needs");
    }

    private static List<Extension> load(ClassLoader classPath, Problems problems) {
        List<Extension> found = new ArrayList<>();
        Iterator<Extension> providers =
                ServiceLoader.load(Extension.class, classPath).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return found;
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                problems.warn(new Problem(
                        "extension", "", "cannot be loaded and is left out: " + e + "; use the jar of this version"));
            }
        }
    }

    /** Puts what the extensions put round handlers round a wrapper of the application. One that fails at it is left out. */
    HandlerWrapper around(HandlerWrapper inner) {
        HandlerWrapper all = inner;
        for (Map.Entry<String, Companion> each : List.copyOf(companions.entrySet())) {
            try {
                all = new Both(each.getValue().wrapper(), all);
            } catch (RuntimeException | LinkageError e) {
                problems.warn(leftOut(each.getKey(), e));
                companions.remove(each.getKey());
                close(each.getKey(), each.getValue());
            }
        }
        return all;
    }

    private record Both(HandlerWrapper outer, HandlerWrapper inner) implements HandlerWrapper {
        @Override
        public <K, V> TopicHandler<K, V> wrap(String consumer, TopicHandler<K, V> handler) {
            return outer.wrap(consumer, inner.wrap(consumer, handler));
        }
    }

    /** Starts them. One that does not start is reported. */
    void start(Bywash bywash) {
        companions.forEach((name, companion) -> {
            try {
                companion.start(bywash);
            } catch (Exception | LinkageError e) {
                LOG.error("{} does not start; the consumers run without it: {}", name, e.getMessage(), e);
            }
        });
    }

    @Override
    public void close() {
        companions.forEach(Extensions::close);
    }

    private static void close(String name, Companion companion) {
        try {
            companion.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} closed with a failure", name, e);
        }
    }
}
