package io.bywash.runtime.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lays rows out in columns. */
public final class Table {
    private static final int GAP = 2;

    private Table() {}

    /**
     * Lays rows out.
     *
     * @param rows the rows, all of the same length; the first is the heading
     * @return a line for each
     */
    public static List<String> lines(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.length() + GAP));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
