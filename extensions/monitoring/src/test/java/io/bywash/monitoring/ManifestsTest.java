package io.bywash.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.health.Probe;
import io.bywash.runtime.plan.Preparation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the manifests for Kubernetes against what that needs and against the defaults they rely on. */
class ManifestsTest {
    private static final Path FOLDER = Path.of("..", "..", "deploy", "kubernetes");
    private static final Config REFERENCE = ConfigFactory.load("reference");
    private static final int PORT = REFERENCE.getInt("bywash.monitoring.port");

    private final Map<String, Node> manifests = manifests();

    /** A place in a manifest. */
    private record Node(Object value) {

        /** Goes down a path of keys and, for lists, indexes. */
        Node at(Object... path) {
            Object here = value;
            for (Object step : path) {
                here = step instanceof Integer index ? ((List<?>) here).get(index) : ((Map<?, ?>) here).get(step);
                assertTrue(here != null, () -> "nothing at " + step + " of " + List.of(path));
            }
            return new Node(here);
        }

        String text() {
            return String.valueOf(value);
        }

        Duration seconds() {
            return Duration.ofSeconds(Long.parseLong(text()));
        }
    }

    /** A handler such as the configuration names. */
    @Handles(name = "order-handler")
    private static final class Orders implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {}
    }

    private static Map<String, Node> manifests() {
        Map<String, Node> found = new HashMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                Load yaml = new Load(LoadSettings.builder()
                        .setLabel(file.toString())
                        .setAllowDuplicateKeys(false)
                        .build());
                for (Object document : yaml.loadAllFromString(Files.readString(file))) {
                    Node manifest = new Node(document);
                    found.put(manifest.at("kind").text(), manifest);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return found;
    }

    private Node manifest(String kind) {
        return manifests.getOrDefault(kind, new Node(Map.of()));
    }

    private Node pod() {
        return manifest("Deployment").at("spec", "template", "spec");
    }

    private Node container() {
        return pod().at("containers", 0);
    }

    @Test
    void everyKindIsThereInItsVersion() {
        assertEquals(
                Map.of(
                        "ConfigMap", "v1",
                        "Service", "v1",
                        "Deployment", "apps/v1",
                        "PodDisruptionBudget", "policy/v1",
                        "ScaledObject", "keda.sh/v1alpha1"),
                versions());
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new HashMap<>();
        manifests.forEach((kind, manifest) -> {
            assertEquals("bywash", manifest.at("metadata", "name").text());
            versions.put(kind, manifest.at("apiVersion").text());
        });
        return versions;
    }

    @Test
    void allSelectTheSamePods() {
        Object labels = Map.of("app.kubernetes.io/name", "bywash");
        Node deployment = manifest("Deployment").at("spec");
        assertEquals(labels, deployment.at("template", "metadata", "labels").value());
        assertEquals(labels, deployment.at("selector", "matchLabels").value());
        assertEquals(labels, manifest("Service").at("spec", "selector").value());
        assertEquals(
                labels,
                manifest("PodDisruptionBudget")
                        .at("spec", "selector", "matchLabels")
                        .value());
        assertEquals(
                "bywash",
                manifest("ScaledObject").at("spec", "scaleTargetRef", "name").text());
        assertEquals("bywash", pod().at("volumes", 0, "configMap", "name").text());
    }

    @Test
    void probesAskAtTheMonitoringPort() {
        assertEquals(
                Map.of("name", "monitoring", "containerPort", PORT),
                container().at("ports", 0).value());
        assertEquals(PORT, manifest("Service").at("spec", "ports", 0, "port").value());
        assertEquals(
                "monitoring",
                manifest("Service").at("spec", "ports", 0, "targetPort").text());
        assertEquals(
                String.valueOf(PORT),
                manifest("Deployment")
                        .at("spec", "template", "metadata", "annotations", "prometheus.io/port")
                        .text());
        Map.of("livenessProbe", Probe.LIVE, "readinessProbe", Probe.READY, "startupProbe", Probe.STARTED)
                .forEach((name, probe) -> assertEquals(
                        Map.of("path", probe.path(), "port", "monitoring"),
                        container().at(name, "httpGet").value()));
    }

    @Test
    void thereIsTimeToDrain() {
        Duration drain = REFERENCE.getDuration("bywash.defaults.drain-timeout");
        Duration grace = pod().at("terminationGracePeriodSeconds").seconds();
        assertTrue(grace.compareTo(drain.multipliedBy(2)) >= 0, () -> grace + " against " + drain);
    }

    @Test
    void theContainerMayDoAsLittleAsItNeeds() {
        assertEquals(true, pod().at("securityContext", "runAsNonRoot").value());
        assertEquals(
                "RuntimeDefault",
                pod().at("securityContext", "seccompProfile", "type").text());
        assertEquals(false, pod().at("automountServiceAccountToken").value());
        Node context = container().at("securityContext");
        assertEquals(false, context.at("allowPrivilegeEscalation").value());
        assertEquals(true, context.at("readOnlyRootFilesystem").value());
        assertEquals(List.of("ALL"), context.at("capabilities", "drop").value());
        assertEquals(
                container().at("resources", "requests", "memory"), container().at("resources", "limits", "memory"));
    }

    @Test
    void theConfigurationIsOneThatBywashTakes() {
        Config config = ConfigFactory.parseString(
                manifest("ConfigMap").at("data", "application.conf").text());
        Preparation preparation =
                Bywash.builder().config(config).handler(new Orders()).prepare();
        assertEquals(List.of(), preparation.problems().errors());
        assertEquals("0.0.0.0", config.getString("bywash.monitoring.host"));
        assertEquals(
                List.of(
                        "run",
                        "-c",
                        container().at("volumeMounts", 0, "mountPath").text() + "/application.conf"),
                container().at("args").value());
    }

    @Test
    void scalingGoesByADocumentedMetricOfAConfiguredConsumer() {
        Node trigger = manifest("ScaledObject").at("spec", "triggers", 0);
        assertEquals("prometheus", trigger.at("type").text());
        assertEquals("AverageValue", trigger.at("metricType").text());
        String query = trigger.at("metadata", "query").text();
        Set<String> metrics = new TreeSet<>();
        Pattern.compile("bywash_\\w+")
                .matcher(query)
                .results()
                .map(MatchResult::group)
                .forEach(metrics::add);
        assertEquals(Set.of("bywash_backlog_records"), metrics);
        assertTrue(MetricsTable.families().keySet().containsAll(metrics), query);
        Config config = ConfigFactory.parseString(
                manifest("ConfigMap").at("data", "application.conf").text());
        config.getObject("bywash.consumers")
                .keySet()
                .forEach(consumer -> assertTrue(query.contains("consumer=\"" + consumer + "\""), query));
        assertEquals(
                REFERENCE.getString("bywash.defaults.buffer.records-per-partition"),
                trigger.at("metadata", "threshold").text());
    }
}
