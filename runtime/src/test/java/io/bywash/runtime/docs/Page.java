package io.bywash.runtime.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A page of the documentation. */
record Page(String text) {
    static Page of(String name) {
        try {
            return new Page(Files.readString(Path.of("..", "docs", name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the code blocks of a language. */
    List<String> code(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** Returns the second column of the table rows whose first column is code that begins so, without back quotes. */
    Map<String, String> rows(String beginning) {
        Map<String, String> rows = new LinkedHashMap<>();
        Pattern.compile("^\\| `?(" + Pattern.quote(beginning) + "[^`|]*?)`? \\| `?(.*?)`? \\|", Pattern.MULTILINE)
                .matcher(text)
                .results()
                .forEach(row -> rows.put(row.group(1), row.group(2)));
        return rows;
    }
}
