package io.bywash.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Holds expressions of Prometheus against the documented metrics. */
final class Expressions {
    private static final Pattern SELECTOR = Pattern.compile("(bywash_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=|!=|=~|!~)\"");
    private static final Pattern OF_HISTOGRAM = Pattern.compile("_(bucket|count|sum)$");
    private static final Map<String, MetricsTable.Family> FAMILIES = MetricsTable.families();

    private Expressions() {}

    /** Checks that an expression is closed, and that its metrics and the labels it selects by are documented. */
    static void check(String expression) {
        for (String pair : List.of("()", "{}", "[]")) {
            assertEquals(count(expression, pair.charAt(0)), count(expression, pair.charAt(1)), expression);
        }
        List<MatchResult> selectors = SELECTOR.matcher(expression).results().toList();
        assertTrue(!selectors.isEmpty(), expression);
        for (MatchResult selector : selectors) {
            MetricsTable.Family family = family(selector.group(1))
                    .orElseThrow(
                            () -> new AssertionError(selector.group(1) + " is not in docs/metrics.md: " + expression));
            Set<String> labels = new TreeSet<>();
            LABEL.matcher(Optional.ofNullable(selector.group(2)).orElse(""))
                    .results()
                    .map(label -> label.group(1))
                    .forEach(labels::add);
            assertTrue(family.labels().containsAll(labels), () -> labels + " in " + expression);
        }
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(character -> character == wanted).count();
    }

    private static Optional<MetricsTable.Family> family(String name) {
        return Optional.ofNullable(FAMILIES.get(name))
                .or(() -> Optional.ofNullable(
                                FAMILIES.get(OF_HISTOGRAM.matcher(name).replaceFirst("")))
                        .filter(family -> family.type().equals("histogram")));
    }
}
