package io.bywash.console.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.bywash.runtime.config.Problem;
import io.bywash.runtime.config.Problems;
import io.bywash.runtime.config.Section;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console may be told, and what it answers to the rest. */
class ConsoleReaderTest {
    private static final String USERS = "users { ana { password = secret, role = operate } }\n";
    private static final String TLS = "tls { key-store = console.p12, key-store-password = storepass }\n";

    private final Problems problems = new Problems();

    private ConsoleSettings read(String text) {
        Section section = Section.root(ConfigFactory.parseString("bywash.console {\n" + text + "\n}"), problems)
                .section("bywash")
                .section("console");
        ConsoleSettings settings = ConsoleReader.read(section);
        section.refuseUnknown();
        return settings;
    }

    private String told() {
        return problems.errors().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void withoutSettingsOnlyThisMachineGetsIn() {
        assertEquals(ConsoleSettings.DEFAULT, read(""));
        assertEquals(List.of(), problems.errors());
    }

    @Test
    void aProtectedConsoleMayListenToOthers() {
        ConsoleSettings settings =
                read("host = 0.0.0.0, port = 8443, names = [console.example.com], show-records = true\n" + USERS + TLS);
        assertEquals(List.of(), problems.errors());
        assertEquals(Role.OPERATE, settings.users().get("ana").role());
        assertTrue(settings.isReachedBy("console.example.com"));
        assertFalse(settings.isReachedBy("localhost"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host = 0.0.0.0 | nobody has to log in; add users",
                "host = 192.0.2.1 | nobody has to log in; add users",
                "host = example.com | nobody has to log in; add users",
                "host = \"127.0.0.1.example.com\" | nobody has to log in; add users",
                "host = \"\" | is empty; name an address",
                "port = 65536 | a port from 1 to 65535, or 0 for any that is free",
                "port = http | a port from 1 to 65535, or 0 for any that is free",
                "show-records = maybe | must be true or false",
                "users { ana {} } | password: is missing; user ana needs it",
                "users { ana { password = \"\" } } | is empty; set one that nobody guesses",
                "users { \"a:b\" { password = x } } | has a colon in its name",
                "users { ana { password = x, role = admin } } | one of read, operate",
                "users { ana { password = x, password-file = y } } | stands beside password; keep one of them",
                "tls { key-store = a.p12 } | key-store-password: is missing",
                "tls {} | key-store: is missing; name a PKCS12 file",
                "hots = localhost | did you mean host?",
            })
    void whatCannotWorkIsToldWithItsRemedy(String text, String expected) {
        read(text);
        assertTrue(told().contains(expected), () -> told());
    }

    @Test
    void passwordsDoNotCrossTheNetworkInClear() {
        read("host = 192.0.2.1\n" + USERS);
        assertTrue(told().contains("passwords would cross the network in clear; add tls"), () -> told());
    }

    @Test
    void whoListensEverywhereSaysByWhichNames() {
        read("host = 0.0.0.0\n" + USERS + TLS);
        assertTrue(told().contains("names: is missing"), () -> told());
    }

    @Test
    void noMessageHasAPassword() {
        String settings = read(USERS + TLS).toString();
        assertFalse(settings.contains("secret") || settings.contains("storepass"), settings);
    }
}
