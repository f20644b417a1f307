package io.bywash.tools.cli;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.bywash.runtime.cli.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a command prints what it found. A picocli mixin. */
final class OutputOption {
    private static final int LONGEST_CELL = 200;

    /** The forms. */
    enum Format {
        /** Columns for people. */
        TABLE,
        /** JSON for scripts. */
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to print: ${COMPLETION-CANDIDATES}. Default: table.",
            completionCandidates = Formats.class)
    private Format format = Format.TABLE;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    /** The words for the formats, as they are written. */
    static final class Formats implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return List.of("table", "json").iterator();
        }
    }

    boolean isJson() {
        return format == Format.JSON;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints a value as one line of JSON. */
    void json(Map<String, ?> value) {
        out().println(ConfigValueFactory.fromAnyRef(value).render(ConfigRenderOptions.concise()));
    }

    /** Prints rows, or a sentence if there is none but the heading. */
    void table(List<List<String>> rows, String ifNone) {
        if (rows.size() == 1) {
            out().println(ifNone);
            return;
        }
        List<List<String>> plain = rows.stream()
                .map(row -> row.stream().map(cell -> shortened(plain(cell))).toList())
                .toList();
        Table.lines(plain).forEach(out()::println);
    }

    /** Returns a number, or a sign for one that is not known. */
    static String number(OptionalLong number) {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : "-";
    }

    /** Returns text that may come from anybody as it may be shown in a terminal: nothing in it is a command to it. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isHarmless(point)) {
                plain.appendCodePoint(point);
            } else {
                plain.append(String.format("\\u%04x", point));
            }
        });
        return plain.toString();
    }

    private static boolean isHarmless(int point) {
        int type = Character.getType(point);
        return !Character.isISOControl(point)
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }

    private static String shortened(String cell) {
        return cell.length() <= LONGEST_CELL ? cell : cell.substring(0, LONGEST_CELL) + "…";
    }
}
