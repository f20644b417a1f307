package io.bywash.benchmarks.report;

/**
 * What a measurement shows.
 *
 * @param name the name of its chart's file, without the ending
 * @param title what was measured
 * @param table the figures
 * @param chart the same to look at
 */
public record Exhibit(String name, String title, MarkdownTable table, BarChart chart) {

    /**
     * Writes the figures down.
     *
     * @return Markdown, with a heading
     */
    public String markdown() {
        return "### " + title + "\n\n" + table;
    }
}
