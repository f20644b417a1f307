package io.bywash.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The tables of {@code docs/metrics.md} about Prometheus. */
final class MetricsTable {
    private static final Pattern FAMILY =
            Pattern.compile("^\\| `(bywash_\\w+)` \\| (\\w+) \\| ([\\w, ]+) \\| (.+) \\|$", Pattern.MULTILINE);
    private static final Pattern CAUSE =
            Pattern.compile("^\\| `([a-z-]+)` \\| [^|]+ \\| ([^|]+)\\. \\|$", Pattern.MULTILINE);

    private MetricsTable() {}

    /**
     * A family of metrics.
     *
     * @param type what Prometheus calls its type
     * @param labels the names of its labels
     * @param help what it means
     */
    record Family(String type, Set<String> labels, String help) {}

    static Map<String, Family> families() {
        Map<String, Family> families = new TreeMap<>();
        FAMILY.matcher(section("## Prometheus"))
                .results()
                .forEach(row -> families.put(
                        row.group(1),
                        new Family(
                                row.group(2), new TreeSet<>(Set.of(row.group(3).split(", "))), row.group(4))));
        return families;
    }

    /** Returns what to do about each cause. */
    static Map<String, String> remedies() {
        Map<String, String> remedies = new TreeMap<>();
        CAUSE.matcher(section("| Cause |")).results().forEach(row -> remedies.put(row.group(1), row.group(2)));
        return remedies;
    }

    private static String section(String heading) {
        try {
            String page = Files.readString(Path.of("..", "..", "docs", "metrics.md"));
            return page.substring(page.indexOf(heading));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
