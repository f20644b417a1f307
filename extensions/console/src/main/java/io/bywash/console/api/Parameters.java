package io.bywash.console.api;

import io.bywash.console.http.Refusal;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The parameters of a query. Values are never repeated in refusals, since they may be anything. */
record Parameters(Context context) {
    private static final int MOST_DIGITS = 18;

    Optional<String> optional(String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isEmpty());
    }

    String text(String name) {
        return optional(name).orElseThrow(() -> refusal(name, "is missing"));
    }

    long number(String name) {
        return digits(name, text(name));
    }

    int number(String name, int otherwise, int most) {
        long value = optional(name).map(text -> digits(name, text)).orElse((long) otherwise);
        if (value > most) {
            throw refusal(name, "is more than " + most);
        }
        return (int) value;
    }

    Optional<Instant> time(String name) {
        try {
            return optional(name).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw refusal(name, "is not a time such as 2026-11-24T18:00:00Z");
        }
    }

    private static long digits(String name, String text) {
        if (!text.matches("\\d{1," + MOST_DIGITS + "}")) {
            throw refusal(name, "is not a whole number from 0");
        }
        return Long.parseLong(text);
    }

    private static Refusal refusal(String name, String what) {
        return new Refusal(
                Refusal.BAD_REQUEST,
                "the query is not understood",
                "the parameter " + name + " " + what + "; see /api/v1/openapi.json");
    }
}
