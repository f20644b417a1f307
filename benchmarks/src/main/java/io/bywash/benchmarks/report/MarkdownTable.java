package io.bywash.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A table as Markdown, the first column to the left, the others to the right. */
public final class MarkdownTable {
    private final List<String> lines = new ArrayList<>();
    private final int columns;

    /**
     * Begins a table.
     *
     * @param headings the headings of the columns
     */
    public MarkdownTable(List<String> headings) {
        columns = headings.size();
        lines.add(line(headings));
        lines.add("|---|" + "---:|".repeat(columns - 1));
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are headings
     */
    public void row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(
                    "a row of " + cells.size() + " cells in a table of " + columns + " columns: " + cells);
        }
        lines.add(line(cells));
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
