package io.bywash.core.settings;

import java.time.Duration;

/** Checks of single values, with one form of message: what, which value, and the range that would do. */
final class Require {
    private Require() {}

    static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidSettingException(name, "is " + Span.text(value) + ", but must be longer than zero");
        }
        return value;
    }

    static Duration notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new InvalidSettingException(name, "is " + Span.text(value) + ", but must not be negative");
        }
        return value;
    }

    static long within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidSettingException(name, "is " + value + ", but must be from " + least + " to " + most);
        }
        return value;
    }

    static double within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new InvalidSettingException(name, "is " + value + ", but must be from " + least + " to " + most);
        }
        return value;
    }

    static String text(String name, String value) {
        if (value.isBlank()) {
            throw new InvalidSettingException(name, "is empty; give it a value");
        }
        return value;
    }
}
