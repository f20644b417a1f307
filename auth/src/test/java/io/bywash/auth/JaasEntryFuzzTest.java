package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/** No value gets out of its quotes. */
class JaasEntryFuzzTest {

    @Property
    void anyTwoValuesArriveAsTheyAreAndNothingElseDoes(@ForAll String user, @ForAll String password) {
        Map<String, Object> properties = Map.of(
                "sasl.jaas.config",
                new JaasEntry(PlainLoginModule.class.getName())
                        .option("username", user)
                        .option("password", password)
                        .toPassword());
        AppConfigurationEntry entry =
                JaasContext.loadClientContext(properties).configurationEntries().get(0);
        assertEquals(Map.of("username", user, "password", password), entry.getOptions());
    }
}
