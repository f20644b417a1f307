package io.bywash.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart of horizontal bars, drawn as SVG, with the value at the end of each bar.
 *
 * @param title what it shows, with the unit
 * @param axis how long the bars are
 * @param format how a value is printed, see {@link java.util.Formatter}
 * @param series what the bars of a group are, in their order
 * @param groups the groups from the top down
 */
public record BarChart(String title, Axis axis, String format, List<String> series, List<Group> groups) {
    private static final List<String> COLOURS = List.of("#2f6f9f", "#d98b2b", "#a63d40");
    private static final int WIDTH = 960;
    private static final int BARS_FROM = 250;
    private static final int LONGEST_BAR = 600;
    private static final int TOP = 66;
    private static final int BAR = 14;
    private static final int GAP = 10;

    /**
     * Bars that belong together.
     *
     * @param label whose they are
     * @param values one value per series
     */
    public record Group(String label, List<Double> values) {}

    /**
     * Draws the chart.
     *
     * @return an SVG document
     */
    public String svg() {
        List<String> lines = new ArrayList<>();
        int height = TOP + groups.size() * groupHeight() + GAP;
        lines.add(("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" font-size=\"13\""
                        + " font-family=\"sans-serif\">")
                .formatted(WIDTH, height, WIDTH));
        lines.add("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        lines.add("<text x=\"16\" y=\"26\" font-size=\"14\" font-weight=\"bold\">" + escaped(title) + "</text>");
        if (series.size() > 1) {
            addLegend(lines);
        }
        List<Double> all =
                groups.stream().flatMap(group -> group.values.stream()).toList();
        for (int i = 0; i < groups.size(); i++) {
            addGroup(lines, groups.get(i), TOP + i * groupHeight(), all);
        }
        lines.add("</svg>");
        return String.join("\n", lines) + "\n";
    }

    private int groupHeight() {
        return series.size() * BAR + GAP;
    }

    private void addLegend(List<String> lines) {
        for (int i = 0; i < series.size(); i++) {
            int x = BARS_FROM + i * 110;
            lines.add(rectangle(x, 40, 12, colour(i)));
            lines.add("<text x=\"%d\" y=\"51\">%s</text>".formatted(x + 18, escaped(series.get(i))));
        }
    }

    private void addGroup(List<String> lines, Group group, int y, List<Double> all) {
        int middle = y + series.size() * BAR / 2 + 4;
        lines.add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                .formatted(BARS_FROM - 10, middle, escaped(group.label)));
        for (int i = 0; i < group.values.size(); i++) {
            double value = group.values.get(i);
            int length = (int) Math.round(axis.share(value, all) * LONGEST_BAR);
            int top = y + i * BAR;
            lines.add(rectangle(BARS_FROM, top, Math.max(1, length), colour(i)));
            lines.add("<text x=\"%d\" y=\"%d\" font-size=\"11\">%s</text>"
                    .formatted(BARS_FROM + length + 6, top + 11, String.format(Locale.ROOT, format, value)));
        }
    }

    private static String rectangle(int x, int y, int width, String colour) {
        return "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>"
                .formatted(x, y, width, BAR - 2, colour);
    }

    private static String colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
