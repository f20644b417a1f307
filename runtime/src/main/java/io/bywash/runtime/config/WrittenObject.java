package io.bywash.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object of the configuration as somebody wrote it, or one that nobody did: what its keys are set to, and where. A value whose
 * substitutions have none is reported when it is met, and is nothing. Not thread-safe.
 */
final class WrittenObject {
    private final String path;
    private final String where;
    private final Optional<ConfigObject> object;
    private final Problems problems;

    private WrittenObject(String path, String where, Optional<ConfigObject> object, Problems problems) {
        this.path = path;
        this.where = where;
        this.object = object;
        this.problems = problems;
    }

    static WrittenObject root(Config config, Problems problems) {
        return new WrittenObject("", "", Optional.of(config.root()), problems);
    }

    /** Returns the object at a key. A value that is no object is reported. */
    WrittenObject child(String key) {
        Optional<ConfigObject> child = setting(key).flatMap(this::object);
        return new WrittenObject(
                pathOf(key),
                child.map(found -> Origins.describe(found.origin())).orElse(where),
                child,
                problems);
    }

    private Optional<ConfigObject> object(Setting setting) {
        if (setting.value() instanceof ConfigObject found) {
            return Optional.of(found);
        }
        problems.error(setting.wrong("an object in braces"));
        return Optional.empty();
    }

    String path() {
        return path;
    }

    /** Returns file and line; those of the object around it if nobody wrote it. */
    String where() {
        return where;
    }

    boolean isThere() {
        return object.isPresent();
    }

    Set<String> keys() {
        return new TreeSet<>(object.map(ConfigObject::keySet).orElseGet(Set::of));
    }

    /** Tells whether one of the keys is set to something but null; a value that cannot be told counts as one. */
    boolean isSet(String key) {
        return value(key).map(WrittenObject::isSet).orElse(true);
    }

    /** Returns what a key is set to, with its path; nothing if that is null. */
    Optional<Setting> setting(String key) {
        return value(key).filter(WrittenObject::isSet).map(value -> new Setting(pathOf(key), value));
    }

    /** Returns where one of the keys is set, to whatever. */
    Optional<ConfigOrigin> origin(String key) {
        return object.map(found -> found.get(key)).map(ConfigValue::origin);
    }

    private Optional<ConfigValue> value(String key) {
        Optional<ConfigValue> value = object.map(found -> found.get(key));
        if (value.filter(Substitutions::areOpenIn).isPresent()) {
            problems.error(new Problem(
                    pathOf(key), Origins.describe(value.get().origin()), Substitutions.explain(value.get())));
            return Optional.empty();
        }
        return value;
    }

    private static boolean isSet(ConfigValue value) {
        return value.valueType() != ConfigValueType.NULL;
    }

    String pathOf(String key) {
        String quoted = key.matches("[\\w.-]+") ? key : ConfigUtil.quoteString(key);
        return path.isEmpty() ? quoted : path + "." + quoted;
    }
}
