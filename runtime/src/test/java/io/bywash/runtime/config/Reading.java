package io.bywash.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;

/** A configuration given as text, read as if it came from the file app.conf. */
record Reading(BywashSettings settings, Problems problems) {
    static final String BROKERS = "bywash.kafka.bootstrap.servers = \"localhost:9092\"\n";

    static Reading of(String... lines) {
        ConfigLoader loader = new ConfigLoader(Reading.class.getClassLoader());
        Config config = ConfigFactory.parseString(
                String.join("\n", lines), ConfigParseOptions.defaults().setOriginDescription("app.conf"));
        Problems problems = new Problems();
        BywashSettings settings = SettingsReader.read(loader.complete(config), loader.referenceKeys(), problems);
        return new Reading(settings, problems);
    }

    List<String> errors() {
        return problems.errors().stream().map(Problem::toString).toList();
    }

    List<String> warnings() {
        return problems.warnings().stream().map(Problem::toString).toList();
    }

    ConsumerBlock consumer() {
        problems.throwIfAny();
        return settings.consumers().get(0);
    }
}
