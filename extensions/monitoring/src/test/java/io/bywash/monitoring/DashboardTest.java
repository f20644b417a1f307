package io.bywash.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the dashboard against what Grafana needs to load it, and its expressions against what there is to see. */
class DashboardTest {
    private static final int WIDTH = 24;

    private final JsonNode dashboard = JsonMapper.shared().readTree(text());

    private static String text() {
        try {
            return Files.readString(Path.of("..", "..", "deploy", "grafana", "bywash.json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Stream<JsonNode> panels() {
        return dashboard.get("panels").valueStream();
    }

    private Stream<String> expressions() {
        return panels().flatMap(panel -> panel.get("targets").valueStream())
                .map(target -> target.get("expr").asString());
    }

    @Test
    void everyExpressionSpeaksOfWhatIsDocumentedAndOfTheChosenConsumers() {
        assertTrue(expressions().count() > 20);
        expressions().forEach(expression -> {
            Expressions.check(expression);
            assertTrue(expression.contains("consumer=~\"$consumer\""), expression);
        });
    }

    /** Where the choice of consumers comes from, and the names of panels and legends, as well. */
    @Test
    void everyMetricThatIsNamedAnywhereIsDocumented() {
        Set<String> named = Pattern.compile("bywash_[a-z_]+")
                .matcher(text())
                .results()
                .map(name -> name.group().replaceFirst("_(bucket|count|sum)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.contains("bywash_consumer_state"), named::toString);
        named.removeAll(MetricsTable.families().keySet());
        assertEquals(Set.of(), named);
    }

    @Test
    void quantilesAreTakenOfTheSumOfAllProcesses() {
        List<String> quantiles = expressions()
                .filter(expression -> expression.contains("histogram_quantile"))
                .toList();
        assertFalse(quantiles.isEmpty());
        quantiles.forEach(quantile -> assertTrue(
                quantile.matches("histogram_quantile\\(0\\.\\d+, sum by \\(le, handler\\) \\(rate\\(.*_bucket\\{.*"),
                quantile));
    }

    @Test
    void itLoadsIntoAnyGrafanaWithAnyPrometheus() {
        assertEquals("bywash", dashboard.get("uid").asString());
        assertTrue(dashboard.get("schemaVersion").asInt() >= 36);
        assertFalse(dashboard.has("id"), "an id belongs to one Grafana");
        List<JsonNode> variables =
                dashboard.get("templating").get("list").valueStream().toList();
        assertEquals("datasource", variables.get(0).get("type").asString());
        assertEquals("prometheus", variables.get(0).get("query").asString());
        panels().forEach(panel -> {
            assertEquals("${datasource}", panel.get("datasource").get("uid").asString());
            panel.get("targets")
                    .valueStream()
                    .forEach(target -> assertEquals(
                            "${datasource}", target.get("datasource").get("uid").asString()));
        });
    }

    @Test
    void everyPanelHasAPlaceOfItsOwn() {
        Set<String> taken = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        panels().forEach(panel -> {
            String title = panel.get("title").asString();
            assertTrue(ids.add(panel.get("id").asInt()), title);
            assertFalse(panel.get("description").asString().isEmpty(), title);
            JsonNode place = panel.get("gridPos");
            for (int x = place.get("x").asInt();
                    x < place.get("x").asInt() + place.get("w").asInt();
                    x++) {
                assertTrue(x < WIDTH, title);
                for (int y = place.get("y").asInt();
                        y < place.get("y").asInt() + place.get("h").asInt();
                        y++) {
                    assertTrue(taken.add(x + "," + y), title + " lies on another panel");
                }
            }
        });
    }
}
