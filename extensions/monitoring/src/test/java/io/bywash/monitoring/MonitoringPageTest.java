package io.bywash.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds {@code docs/monitoring.md} against the code. */
class MonitoringPageTest {
    private static String block(String language) throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "monitoring.md"));
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertTrue(block.find(), () -> "no block of " + language);
        return block.group(1);
    }

    @Test
    void everyAlertIsAboutWhatIsDocumented() throws IOException {
        Object rules = new Load(LoadSettings.builder().build()).loadFromString(block("yaml"));
        List<?> groups = (List<?>) ((Map<?, ?>) rules).get("groups");
        List<?> alerts = (List<?>) ((Map<?, ?>) groups.get(0)).get("rules");
        assertEquals(7, alerts.size());
        alerts.forEach(alert -> Expressions.check(String.valueOf(((Map<?, ?>) alert).get("expr"))));
    }

    @Test
    void theSettingsAreThoseOfTheReference() throws IOException {
        assertEquals(
                ConfigFactory.parseResources("reference.conf").getObject("bywash.monitoring"),
                ConfigFactory.parseString(block("hocon")).getObject("bywash.monitoring"));
    }
}
