package io.bywash.runtime.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.bywash.core.settings.KafkaProperties;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.runtime.config.Problem;
import io.bywash.runtime.plan.Preparation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the page against the code. */
class ConfigurationPageTest {
    private static final Page PAGE = Page.of("configuration.md");
    private static final String MADE_UP = "zzzzzz";
    private static final Pattern KNOWN_HERE = Pattern.compile(MADE_UP + ": is unknown; known here: (.*)");

    private static List<Problem> problems(String config) {
        Preparation preparation =
                Bywash.builder().config(ConfigFactory.parseString(config)).prepare();
        return preparation.problems().errors();
    }

    /** Asks the reader for the keys of an object by giving it one that it cannot know. */
    private static Set<String> knownAt(String path, String more) {
        return problems(path + " { " + MADE_UP + " = 1, " + more + " }").stream()
                .map(Problem::toString)
                .map(KNOWN_HERE::matcher)
                .filter(Matcher::find)
                .flatMap(found -> Stream.of(found.group(1).split(", ")))
                .filter(key -> !key.equals(MADE_UP))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> reference() {
        Map<String, String> found = new TreeMap<>();
        Config reference =
                ConfigFactory.parseResourcesAnySyntax(ConfigurationPageTest.class.getClassLoader(), "reference");
        collect(reference.root().get("bywash"), "bywash", found);
        return found;
    }

    private static void collect(ConfigValue value, String path, Map<String, String> found) {
        if (value instanceof ConfigObject object) {
            object.forEach((key, inner) -> collect(inner, path + "." + ConfigUtil.joinPath(key), found));
        } else if (value instanceof ConfigList list && list.isEmpty()) {
            found.put(path, "[]");
        } else {
            String text = value.render(ConfigRenderOptions.concise()).replace("\"", "");
            // a value, and a variable that overrides it
            found.put(path, text.replace(",${?", "`, or `${?"));
        }
    }

    @Test
    void everySettingOfTheReferenceIsListedWithItsDefault() {
        assertEquals(reference(), new TreeMap<>(PAGE.rows("bywash.")));
    }

    @Test
    void everyKeyOfAConsumerIsListed() {
        Set<String> documented = new TreeSet<>();
        PAGE.rows("bywash.defaults.").keySet().forEach(path -> documented.add(path.split("\\.")[2]));
        List<String> own =
                List.of("group", "topics", "topic-pattern", "exclude-pattern", "handler", "handlers", "kafka", "auth");
        own.forEach(key -> assertEquals(
                1, PAGE.rows(key).keySet().stream().filter(key::equals).count(), key));
        documented.addAll(own);
        assertEquals(knownAt("bywash.consumers.x", ""), documented);
    }

    @Test
    void everyKeyOfTlsAndSaslIsListed() {
        Set<String> known = new TreeSet<>();
        knownAt("bywash.auth.tls", "").forEach(key -> known.add("auth.tls." + key));
        for (String mechanism : List.of("PLAIN", "SCRAM-SHA-512", "GSSAPI", "OAUTHBEARER")) {
            for (String more : List.of("", ", assertion.key = x", ", keytab = x, principal = x")) {
                knownAt("bywash.auth.sasl", "mechanism = " + mechanism + more)
                        .forEach(key -> known.add("auth.sasl." + key));
            }
        }
        known.remove("auth.sasl.assertion");
        knownAt("bywash.auth.sasl { mechanism = OAUTHBEARER }, bywash.auth.sasl.assertion", "key = x")
                .forEach(key -> known.add("auth.sasl.assertion." + key));
        Set<String> documented = new TreeSet<>(PAGE.rows("auth.").keySet());
        // The page says once that every password may stand in a file.
        documented.stream()
                .filter(key -> key.matches(".*(password|secret)"))
                .toList()
                .forEach(key -> documented.add(key + "-file"));
        assertEquals(known, documented);
    }

    @Test
    void everyRefusedPropertyIsListed() {
        String table = PAGE.text().substring(PAGE.text().indexOf("## Kafka properties"));
        KafkaProperties.OWNED.keySet().forEach(name -> assertTrue(table.contains("`" + name + "`"), name));
    }

    @Test
    void everyExitCodeIsListed() {
        Map<String, String> codes = Arrays.stream(ExitCode.values())
                .collect(Collectors.toMap(code -> String.valueOf(code.code()), ExitCode::meaning));
        codes.forEach(
                (code, meaning) -> assertTrue(PAGE.text().contains("| " + code + " | " + meaning + " |"), meaning));
    }

    @Test
    void theExampleWouldWorkWhereItsFilesAndHandlersAre() {
        List<String> problems = problems(PAGE.code("hocon").get(0)).stream()
                .map(Problem::toString)
                .toList();
        assertEquals(5, problems.size(), problems::toString);
        assertTrue(
                problems.stream()
                        .allMatch(line -> line.contains("/etc/tls/ca.pem")
                                || line.contains("/run/secrets/kafka")
                                || line.contains("there is no such handler")),
                problems::toString);
    }
}
