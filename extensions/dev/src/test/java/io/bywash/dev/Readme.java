package io.bywash.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The snippets of the README and of other pages, each marked by a comment that names it. */
final class Readme {
    private static final Path ROOT = Path.of("..", "..");

    private Readme() {}

    static String snippet(String name) throws IOException {
        return snippet("README.md", name);
    }

    static String snippet(String page, String name) throws IOException {
        Matcher found = Pattern.compile(
                        "<!-- snippet: " + Pattern.quote(name) + " -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL)
                .matcher(read(page));
        if (!found.find()) {
            throw new AssertionError(page + " has no snippet " + name);
        }
        return found.group(1);
    }

    static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
