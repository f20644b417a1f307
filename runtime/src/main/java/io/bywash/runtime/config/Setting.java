package io.bywash.runtime.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.stream.Collectors;

/**
 * A value with the path it stands at.
 *
 * @param path the full path, such as {@code bywash.defaults.drain-timeout}
 * @param value the value, never null or unresolved
 */
public record Setting(String path, ConfigValue value) {
    private static final int LONGEST = 100;

    /**
     * Tells where the value was read.
     *
     * @return file and line, or what else it came from
     */
    public String where() {
        return Origins.describe(value.origin());
    }

    /**
     * Shows the value.
     *
     * @return the value as HOCON, on one line, shortened if long; {@code ***} if it is secret; of a block, in which anything may stand,
     *     only that it is one
     */
    public String shown() {
        if (value instanceof ConfigObject block) {
            return block.isEmpty() ? "{}" : "{…}";
        }
        if (value instanceof ConfigList list
                && list.stream().anyMatch(item -> item instanceof ConfigObject || item instanceof ConfigList)) {
            return "[{…}]";
        }
        String text = Secrets.redact(path, value.render(ConfigRenderOptions.concise()));
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /**
     * Returns the value as text.
     *
     * @return what was written, without quotes; the items of a list separated by commas; a block as HOCON
     */
    public String text() {
        if (value instanceof ConfigList list) {
            return list.stream().map(item -> String.valueOf(item.unwrapped())).collect(Collectors.joining(","));
        }
        return switch (value.valueType()) {
            case OBJECT, NULL -> value.render(ConfigRenderOptions.concise());
            default -> value.atKey("v").getString("v");
        };
    }

    /**
     * Makes a problem of this setting.
     *
     * @param reason what is wrong, as a clause whose subject is the setting
     * @return the problem, with the place of the value
     */
    public Problem problem(String reason) {
        return new Problem(path, where(), reason);
    }

    /** Makes a problem of a value that has another form than it must have. */
    Problem wrong(String expected) {
        return problem("is " + shown() + ", but must be " + expected);
    }

    @Override
    public String toString() {
        return path + " = " + shown();
    }
}
