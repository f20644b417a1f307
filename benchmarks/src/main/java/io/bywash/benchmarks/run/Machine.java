package io.bywash.benchmarks.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the figures of a run depend on besides the program: figures of two machines do not compare. */
public final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final double GIB = 1L << 30;

    private Machine() {}

    /**
     * Describes the machine this JVM runs on.
     *
     * @return JDK, system with the version of its kernel, processors with their model where the system tells it, and memory in GiB
     */
    public static String description() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "JDK %s, %s %s %s, %d cores%s, %.1f GiB",
                System.getProperty("java.version"),
                system.getName(),
                system.getVersion(),
                system.getArch(),
                system.getAvailableProcessors(),
                model(processors()).map(model -> " of " + model).orElse(""),
                system.getTotalMemorySize() / GIB);
    }

    /** Returns the model of the first processor that Linux lists; nothing if the list names none. */
    static Optional<String> model(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .filter(model -> !model.isEmpty())
                .findFirst();
    }

    private static List<String> processors() {
        try {
            return Files.readAllLines(PROCESSORS);
        } catch (IOException e) {
            // Other systems have no such file, and nothing depends on it.
            return List.of();
        }
    }
}
