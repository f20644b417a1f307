package io.bywash.dev;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A frame round lines that must not be overlooked. */
final class Box {
    private Box() {}

    static List<String> lines(String... texts) {
        int width = Arrays.stream(texts).mapToInt(String::length).max().orElse(0);
        String edge = "+" + "-".repeat(width + 2) + "+";
        List<String> lines = new ArrayList<>();
        lines.add(edge);
        for (String text : texts) {
            lines.add("| " + text + " ".repeat(width - text.length()) + " |");
        }
        lines.add(edge);
        return lines;
    }
}
