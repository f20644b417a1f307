package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kafka's own parser makes of a JAAS entry is what went into it. */
class JaasEntryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "simple",
                "two words ",
                "say \"hi\"",
                "\"",
                "back\\slash",
                "ends in \\",
                "\\\"",
                "a;b=c;",
                "\" evil=\"1\";",
                "' # // /* */ {}",
                "tab\tbell\u0007",
                "line\nfeed",
                "carriage\r\nreturn",
                "\\n \\012 \\u0041",
                "ünïcödé 密码 🔑",
                "${env:HOME}"
            })
    void valueArrivesUnchanged(String value) {
        assertEquals(value, parsed(value).get("password"));
    }

    @Test
    void everyCharacterArrivesUnchanged() {
        String all = IntStream.rangeClosed(Character.MIN_VALUE, Character.MAX_VALUE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        assertEquals(all, parsed(all).get("password"));
    }

    private static Map<String, ?> parsed(String value) {
        Map<String, Object> properties = Map.of(
                "sasl.jaas.config",
                new JaasEntry(PlainLoginModule.class.getName())
                        .option("username", value)
                        .option("password", value)
                        .toPassword());
        List<AppConfigurationEntry> entries =
                JaasContext.loadClientContext(properties).configurationEntries();
        assertEquals(1, entries.size());
        assertEquals(PlainLoginModule.class.getName(), entries.get(0).getLoginModuleName());
        assertEquals(2, entries.get(0).getOptions().size());
        return entries.get(0).getOptions();
    }
}
