package io.bywash.runtime.config;

import com.typesafe.config.Config;
import io.bywash.auth.AuthSettings;
import io.bywash.core.settings.InvalidSettingException;
import io.bywash.core.settings.Subscription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads all that stands under {@code bywash}. */
public final class SettingsReader {
    /** The object of the configuration that belongs to Bywash. */
    public static final String ROOT = "bywash";

    private static final Form<Optional<Duration>> TIMEOUT = Form.durationOrOff("startup-timeout");

    private static final Form<Path> FOLDER = new Form<>("a path", SettingsReader::folder);

    private SettingsReader() {}

    /**
     * Reads the settings.
     *
     * @param config the whole configuration, with the defaults of {@code reference.conf} behind it
     * @param extensions keys under {@code bywash} that belong to extensions, which read them themselves
     * @param problems where problems go
     * @return the settings; values that cannot work are replaced by their defaults
     */
    public static BywashSettings read(Config config, Collection<String> extensions, Problems problems) {
        Section whole = Section.root(config, problems);
        Section root = whole.section(ROOT);
        root.know(extensions);
        refuseJvmSettings(root);
        KafkaReader kafka = new KafkaReader(problems);
        AuthReader auth = new AuthReader(root.section("auth"));
        Map<String, Setting> commonKafka = kafka.read(root.section("kafka"));
        Optional<AuthSettings> commonAuth = auth.read();
        kafka.checkTogether(commonKafka, commonAuth);
        ClientProperties client = new ClientProperties(KafkaReader.values(commonKafka), commonAuth);
        Section defaults = root.section("defaults");
        ConsumerOptions options = OptionsReader.read(defaults);
        Subscription any = new Subscription.Matching(Pattern.compile(".*"), Optional.empty());
        ConsumerReader.check(new ConsumerReader.Draft("any", "any", any, options, client), defaults);
        Section consumers = root.section("consumers");
        List<ConsumerBlock> blocks = new ArrayList<>();
        ConsumerReader reader = new ConsumerReader(commonKafka, auth, kafka, problems);
        for (String name : consumers.keys()) {
            Section block = consumers.section(name, defaults);
            if (block.isGiven()) {
                blocks.add(reader.read(name, block));
            }
        }
        BywashSettings settings = new BywashSettings(
                root.read("startup-timeout", TIMEOUT).flatMap(timeout -> timeout),
                new HandlerJars(
                        root.read("handlers-folder", FOLDER).orElse(Path.of("handlers")),
                        root.readAll("parent-first-additional", Form.TEXT).orElse(List.of())),
                options,
                client,
                blocks);
        root.refuseUnknown();
        // What belongs to others is not ours to judge, but it must be complete before they read it.
        whole.leaves();
        return settings;
    }

    private static Path folder(String text) {
        Path folder = Path.of(text);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InvalidSettingException(
                    "handlers-folder", "is \"" + text + "\", which is no folder; name the folder of handler jars");
        }
        return folder;
    }

    /** The engine reads this one when its classes are loaded, long before any file. */
    private static void refuseJvmSettings(Section root) {
        root.setting("virtual-threads")
                .filter(setting -> !setting.where().equals("system properties"))
                .ifPresent(setting -> root.reject(
                        "virtual-threads",
                        "is read as a system property only; start the JVM with -Dbywash.virtual-threads="
                                + setting.text()));
    }
}
