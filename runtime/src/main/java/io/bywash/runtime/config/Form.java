package io.bywash.runtime.config;

import com.typesafe.config.ConfigValueFactory;
import io.bywash.core.settings.InvalidSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a single value must look like, and what becomes of it. Numbers and booleans are read as the text they were written as.
 *
 * @param expected what the value must be, for the message when it is not
 * @param parse makes the value of its text; throws any {@link RuntimeException} if it cannot
 * @param <T> the type of the value
 */
public record Form<T>(String expected, Function<String, T> parse) {

    /** Any text. */
    public static final Form<String> TEXT = new Form<>("a text", text -> text);

    /** A whole number that fits an int. */
    public static final Form<Integer> WHOLE = new Form<>("a whole number", Integer::valueOf);

    /** A number. */
    public static final Form<Double> NUMBER = new Form<>("a number", Double::valueOf);

    /** A span of time. A unit is required, since a number alone would silently be milliseconds. */
    public static final Form<Duration> DURATION =
            new Form<>("a duration with its unit, such as 500ms, 20s or 2m", Form::duration);

    /** An amount of memory, in bytes. */
    public static final Form<Long> BYTES = new Form<>(
            "a number of bytes, such as 1048576, 512KiB or 128MiB",
            text -> ConfigValueFactory.fromAnyRef(text).atKey("v").getBytes("v"));

    /** A path of the file system. */
    public static final Form<Path> PATH = new Form<>("a path", Path::of);

    /** A regular expression of Java. */
    public static final Form<Pattern> PATTERN = new Form<>("a regular expression", Form::pattern);

    private static final Pattern WITH_UNIT = Pattern.compile("[0-9.]+\\s*[a-zA-Z]+");

    /**
     * Returns the form of a choice.
     *
     * @param type the constants to choose from, spelt in lower case with hyphens
     * @return a form that takes their names
     * @param <E> the type of the choice
     */
    public static <E extends Enum<E>> Form<E> choice(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(word(constant), constant);
        }
        return new Form<>("one of " + String.join(", ", words.keySet()), text -> {
            if (!words.containsKey(text)) {
                throw new IllegalArgumentException("no such word: " + text);
            }
            return words.get(text);
        });
    }

    /**
     * Returns how configuration spells a constant.
     *
     * @param constant a constant
     * @return its name in lower case with hyphens
     */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the form of a span of time that may also be {@code off}.
     *
     * @param name the setting, for the message when the time is zero
     * @return a form that takes off for nothing
     */
    public static Form<Optional<Duration>> durationOrOff(String name) {
        return new Form<>("off, or " + DURATION.expected(), text -> {
            if (text.equals("off")) {
                return Optional.empty();
            }
            Duration span = DURATION.parse().apply(text);
            if (span.isZero()) {
                throw new InvalidSettingException(name, "is " + text + ", but must be longer than zero, or off");
            }
            return Optional.of(span);
        });
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            String where = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
            throw new InvalidSettingException(
                    "pattern",
                    "is \"" + text + "\", which is no regular expression as Java knows them: " + e.getDescription()
                            + where);
        }
    }

    private static Duration duration(String text) {
        if (!WITH_UNIT.matcher(text.trim()).matches()) {
            throw new IllegalArgumentException("no unit: " + text);
        }
        return ConfigValueFactory.fromAnyRef(text).atKey("v").getDuration("v");
    }
}
