package io.bywash.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValueType;
import io.bywash.core.settings.InvalidSettingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * An object of the configuration while it is read. Whatever is wrong with it is added to the {@link Problems}, and reading goes
 * on with nothing in the place of the wrong value. A key that nothing asked for is unknown; {@link #refuseUnknown} reports it.
 *
 * <p>A section may have another one behind it, which answers for the keys this one does not have, as {@code bywash.defaults} does
 * for a consumer. A key set to {@code null} hides the one behind it. Not thread-safe.
 */
public final class Section {
    private final WrittenObject own;
    private final Optional<Section> behind;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();
    private final Set<String> rejected = new HashSet<>();
    private final Map<String, Section> children = new TreeMap<>();

    private Section(WrittenObject own, Optional<Section> behind, Problems problems) {
        this.own = own;
        this.behind = behind;
        this.problems = problems;
    }

    /**
     * Begins to read.
     *
     * @param config the whole configuration; it may hold unresolved substitutions, which are reported when they are met
     * @param problems where problems go
     * @return the object that holds all others
     */
    public static Section root(Config config, Problems problems) {
        return new Section(WrittenObject.root(config, problems), Optional.empty(), problems);
    }

    /**
     * Returns the names of this object's own keys.
     *
     * @return the names, in alphabetical order
     */
    public Set<String> keys() {
        return own.keys();
    }

    /**
     * Returns the object at a key. Behind it stands the object of the same key in the section behind this one.
     *
     * @param key the key
     * @return the object, empty if the key is not given
     */
    public Section section(String key) {
        return section(key, behind.map(section -> section.section(key)));
    }

    /**
     * Returns the object at a key, with another one behind it.
     *
     * @param key the key
     * @param common the object that answers for missing keys
     * @return the object, empty if the key is not given
     */
    public Section section(String key, Section common) {
        return section(key, Optional.of(common));
    }

    private Section section(String key, Optional<Section> common) {
        known.add(key);
        Section existing = children.get(key);
        if (existing == null) {
            existing = new Section(own.child(key), common, problems);
            children.put(key, existing);
        }
        return existing;
    }

    /**
     * Tells whether this object itself is given.
     *
     * @return false if it is missing, or is no object
     */
    public boolean isGiven() {
        return own.isThere();
    }

    /**
     * Tells whether a key is given, with whatever value.
     *
     * @param key the key
     * @return true if it is set here or behind, and not to null
     */
    public boolean has(String key) {
        known.add(key);
        if (keys().contains(key)) {
            return own.isSet(key);
        }
        return behind.map(section -> section.has(key)).orElse(false);
    }

    /**
     * Reads a single value.
     *
     * @param key the key
     * @param form what it must look like
     * @return the value, or nothing if it is not given or has another form
     * @param <T> the type of the value
     */
    public <T> Optional<T> read(String key, Form<T> form) {
        return setting(key).flatMap(setting -> convert(setting, form));
    }

    /**
     * Reads a list.
     *
     * @param key the key
     * @param form what each item must look like
     * @return the items, or nothing if the key is not given, no list, or one of the items has another form
     * @param <T> the type of the items
     */
    public <T> Optional<List<T>> readAll(String key, Form<T> form) {
        return setting(key).flatMap(setting -> {
            if (!(setting.value() instanceof ConfigList list)) {
                problems.error(setting.wrong("a list in brackets, such as [a, b]"));
                return Optional.empty();
            }
            List<T> items = new ArrayList<>();
            list.forEach(
                    item -> convert(new Setting(setting.path(), item), form).ifPresent(items::add));
            return items.size() == list.size() ? Optional.of(items) : Optional.empty();
        });
    }

    private <T> Optional<T> convert(Setting setting, Form<T> form) {
        ConfigValueType type = setting.value().valueType();
        if (type == ConfigValueType.OBJECT || type == ConfigValueType.LIST || type == ConfigValueType.NULL) {
            problems.error(setting.wrong(form.expected()));
            return Optional.empty();
        }
        try {
            return Optional.of(form.parse().apply(setting.text()));
        } catch (InvalidSettingException e) {
            problems.error(setting.problem(e.reason()));
        } catch (RuntimeException e) {
            problems.error(setting.wrong(form.expected()));
        }
        return Optional.empty();
    }

    /**
     * Returns a value as it stands, for those who need its place.
     *
     * @param key the key
     * @return the value with its path, of this section or the one behind it
     */
    public Optional<Setting> setting(String key) {
        known.add(key);
        if (rejected.contains(key)) {
            return Optional.empty();
        }
        return keys().contains(key) ? own.setting(key) : behind.flatMap(section -> section.setting(key));
    }

    /**
     * Reads every value below this object that is not an object itself, whatever its key. All keys are known from then on.
     *
     * @return the values by their path from here, with dots and without quotes
     */
    public Map<String, Setting> leaves() {
        Map<String, Setting> leaves = new TreeMap<>();
        for (String key : keys()) {
            known.add(key);
            Optional<Setting> setting = own.setting(key);
            if (setting.map(Setting::value)
                    .filter(ConfigObject.class::isInstance)
                    .isPresent()) {
                // Only what it has itself is asked for, so what stands behind it, a single value perhaps, is none of
                // its business.
                section(key, Optional.empty()).leaves().forEach((name, leaf) -> leaves.put(key + "." + name, leaf));
            } else {
                setting.ifPresent(leaf -> leaves.put(key, leaf));
            }
        }
        return leaves;
    }

    /**
     * Reads several values into one that checks itself. Every setting it refuses is reported and left out, until what remains is
     * accepted.
     *
     * @param reading reads the values from this section, with a default for each, and makes one of them
     * @param otherwise the value if nothing is accepted
     * @return the value
     * @param <T> the type of the value
     */
    public <T> T build(Supplier<T> reading, T otherwise) {
        while (true) {
            try {
                return reading.get();
            } catch (InvalidSettingException e) {
                if (!reject(e.setting(), e.reason())) {
                    return otherwise;
                }
            }
        }
    }

    /**
     * Reports that a value cannot work, or is missing. It is not given any more from then on. If it comes from behind, where it
     * works, the report names this section.
     *
     * @param setting its key, or a path with dots from here
     * @param reason what is wrong, as a clause whose subject is the setting
     * @return false if it is not given, or was rejected before: what then took its place nobody wrote, and nobody is told of
     */
    public boolean reject(String setting, String reason) {
        int dot = setting.indexOf('.');
        Section child = dot > 0 ? children.get(setting.substring(0, dot)) : null;
        if (child != null) {
            return child.reject(setting.substring(dot + 1), reason);
        }
        if (isRejected(setting)) {
            return false;
        }
        Optional<Setting> given = setting(setting);
        String full = own.pathOf(setting);
        problems.error(given.filter(value -> value.path().equals(full))
                .map(value -> value.problem(reason))
                .orElseGet(() -> new Problem(full, own.where(), reason)));
        return given.isPresent() && rejected.add(setting);
    }

    private boolean isRejected(String key) {
        return rejected.contains(key)
                || (!keys().contains(key)
                        && behind.filter(section -> section.isRejected(key)).isPresent());
    }

    /**
     * Reports that this object as a whole cannot work.
     *
     * @param reason what is wrong, as a clause whose subject is this object
     */
    public void reject(String reason) {
        problems.error(new Problem(own.path(), own.where(), reason));
    }

    /**
     * Reports every key of this object and of those read from it that nothing has asked for.
     */
    public void refuseUnknown() {
        for (String key : keys()) {
            if (!known.contains(key)) {
                own.origin(key).ifPresent(origin -> refuse(key, origin));
            }
        }
        children.values().forEach(Section::refuseUnknown);
    }

    private void refuse(String key, ConfigOrigin origin) {
        String remedy = Nearest.to(key, known)
                .map(name -> "did you mean " + name + "?")
                .orElseGet(() -> "known here: " + String.join(", ", known));
        problems.error(new Problem(own.pathOf(key), Origins.describe(origin), "is unknown; " + remedy));
    }

    /**
     * Takes keys as known that others read.
     *
     * @param keys the keys
     */
    public void know(Collection<String> keys) {
        known.addAll(keys);
    }

    /**
     * Tells where this object begins.
     *
     * @return file and line; those of the object around it if it is not given
     */
    public String where() {
        return own.where();
    }
}
