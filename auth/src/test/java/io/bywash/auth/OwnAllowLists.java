package io.bywash.auth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test empty allow lists, and the rest of the JVM its own back afterwards. */
final class OwnAllowLists implements BeforeEachCallback, AfterEachCallback {
    static final String URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    static final String FILES = "org.apache.kafka.sasl.oauthbearer.allowed.files";

    private final Map<String, String> before = new HashMap<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        List.of(URLS, FILES).forEach(property -> before.put(property, System.clearProperty(property)));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        before.forEach((property, value) -> {
            System.clearProperty(property);
            if (value != null) {
                System.setProperty(property, value);
            }
        });
    }
}
