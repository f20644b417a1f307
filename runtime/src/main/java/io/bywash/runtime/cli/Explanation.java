package io.bywash.runtime.cli;

import io.bywash.core.settings.KafkaProperties;
import io.bywash.runtime.config.Problems;
import io.bywash.runtime.config.Secrets;
import io.bywash.runtime.config.Section;
import io.bywash.runtime.config.Setting;
import io.bywash.runtime.config.SettingsReader;
import io.bywash.runtime.plan.ConsumerPlan;
import io.bywash.runtime.plan.Preparation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shows which value each setting has, and where it comes from. */
public final class Explanation {
    private final Preparation preparation;
    private final Map<String, Setting> settings;

    /**
     * Explains an application.
     *
     * @param preparation what is known of it
     */
    public Explanation(Preparation preparation) {
        this.preparation = preparation;
        this.settings = Section.root(preparation.config(), new Problems())
                .section(SettingsReader.ROOT)
                .leaves();
    }

    /**
     * Returns one line for each setting in effect, without secrets.
     *
     * @return path, value and place, in columns
     */
    public List<String> lines() {
        List<List<String>> rows = new ArrayList<>();
        settings.forEach((name, setting) -> {
            if (!name.startsWith("consumers.")) {
                rows.add(row(SettingsReader.ROOT + "." + name, setting.shown(), setting.where()));
            }
        });
        preparation.plan().consumers().forEach(consumer -> addConsumer(consumer, rows));
        return Table.lines(rows);
    }

    private void addConsumer(ConsumerPlan consumer, List<List<String>> rows) {
        String path = SettingsReader.ROOT + ".consumers." + consumer.name() + ".";
        Map<String, Setting> effective = new TreeMap<>(below("defaults."));
        effective.putAll(below("consumers." + consumer.name() + "."));
        effective.forEach((name, setting) -> {
            if (!name.startsWith("kafka.")) {
                rows.add(row(path + name, setting.shown(), setting.where()));
            }
        });
        Map<String, Setting> given = new TreeMap<>(below("kafka."));
        given.putAll(below("consumers." + consumer.name() + ".kafka."));
        new TreeMap<>(KafkaProperties.of(consumer.kafka().given()).forConsumer(consumer.name(), consumer.group()))
                .forEach((name, value) -> {
                    Setting setting = given.get(name);
                    rows.add(row(
                            path + "kafka." + name,
                            setting == null ? Secrets.redact(name, String.valueOf(value)) : setting.shown(),
                            setting == null ? "Bywash" : setting.where()));
                });
    }

    private Map<String, Setting> below(String prefix) {
        Map<String, Setting> found = new TreeMap<>();
        settings.forEach((name, setting) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), setting);
            }
        });
        return found;
    }

    private static List<String> row(String path, String value, String where) {
        return List.of(path, "= " + value, "# " + where);
    }
}
