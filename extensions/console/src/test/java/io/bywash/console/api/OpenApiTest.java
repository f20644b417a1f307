package io.bywash.console.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.bywash.console.http.Route;
import io.bywash.console.settings.ConsoleSettings;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.runtime.Bywash;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document says what the console does, all of it and nothing else. */
class OpenApiTest {

    private static JsonNode document() throws Exception {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/io/bywash/console/openapi.json")) {
            return new JsonMapper().readTree(in);
        }
    }

    private static Set<String> routes() {
        Bywash idle = Bywash.builder()
                .config(ConfigFactory.parseString("""
                                bywash { handlers-folder = none, console.port = 0, kafka.bootstrap.servers = "127.0.0.1:1"
                                  consumers.idle { topics = [any], group = any, handler = idle } }
                                """))
                .handler(new HandlerBinding<>(
                        "idle", (record, context) -> {}, ByteArrayDeserializer::new, ByteArrayDeserializer::new))
                .build();
        try (idle;
                Api api = new Api(idle, ConsoleSettings.DEFAULT)) {
            Set<String> found = new TreeSet<>();
            for (Route route :
                    Stream.concat(api.probes().stream(), api.routes().stream()).toList()) {
                found.add(route.method().name() + " " + route.path());
            }
            return found;
        }
    }

    @Test
    void theDocumentHasEveryRouteAndNoOther() throws Exception {
        Set<String> described = new TreeSet<>();
        document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertEquals(routes(), described);
    }

    @Test
    void everythingItRefersToExists() throws Exception {
        JsonNode document = document();
        List<String> references = new ArrayList<>();
        collect(document, references);
        assertTrue(references.size() > 20, () -> "only " + references);
        for (String reference : references) {
            assertTrue(!document.at(reference.substring(1)).isMissingNode(), reference);
        }
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.has("$ref")) {
            references.add(node.get("$ref").asString());
        }
        node.forEach(child -> collect(child, references));
    }
}
