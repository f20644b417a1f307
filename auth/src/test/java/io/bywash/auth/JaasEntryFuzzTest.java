package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.spi.LoginModule;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** No value gets out of its quotes. */
class JaasEntryFuzzTest {

    @Property
    void anyTwoValuesArriveAsTheyAreAndNothingElseDoes(
            @ForAll("modules") Class<? extends LoginModule> module, @ForAll String user, @ForAll String password) {
        arrive(module, user, password);
    }

    /** What Kafka's parser makes something of, and little else. */
    @Property
    void soDoValuesThatLookLikeTheSyntax(
            @ForAll("modules") Class<? extends LoginModule> module,
            @ForAll("syntax") String user,
            @ForAll("syntax") String password) {
        arrive(module, user, password);
    }

    private static void arrive(Class<? extends LoginModule> module, String user, String password) {
        Map<String, Object> properties = Map.of(
                "sasl.jaas.config",
                new JaasEntry(module.getName())
                        .option("username", user)
                        .option("password", password)
                        .toPassword());
        List<AppConfigurationEntry> entries =
                JaasContext.loadClientContext(properties).configurationEntries();
        assertEquals(1, entries.size());
        assertEquals(module.getName(), entries.get(0).getLoginModuleName());
        assertEquals(
                Map.of("username", user, "password", password), entries.get(0).getOptions());
    }

    @Provide
    Arbitrary<Class<? extends LoginModule>> modules() {
        return Arbitraries.of(PlainLoginModule.class, ScramLoginModule.class);
    }

    @Provide
    Arbitrary<String> syntax() {
        return Arbitraries.strings()
                .withChars('"', '\\', ';', '\n', '\r', '\t', ' ', '=', '\'', '/', '*', 'n', 'u', '0', '\u2028')
                .ofMaxLength(12);
    }
}
