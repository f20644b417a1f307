package io.bywash.runtime.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Substitutions that have remained after all were filled in that have a value. */
final class Substitutions {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{\\??[^}]*}");

    private Substitutions() {}

    /** Tells whether a value cannot be read, its members apart if it is an object. */
    static boolean areOpenIn(ConfigValue value) {
        try {
            read(value);
            return false;
        } catch (ConfigException.NotResolved e) {
            return true;
        }
    }

    /** The type of an object is known before its members are, and that of a list before its items. */
    private static Object read(ConfigValue value) {
        return value.valueType() == ConfigValueType.OBJECT ? ((ConfigObject) value).keySet() : value.unwrapped();
    }

    /** Names the substitutions and no more of the value, which may hold half a secret. */
    static String explain(ConfigValue value) {
        String names = SUBSTITUTION
                .matcher(value.render(ConfigRenderOptions.concise()))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining(" and "));
        return "refers to " + names + ", which has no value; set it, or write ${?…} if the setting may be left out";
    }
}
