package io.bywash.monitoring;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus would make of an answer in its text format.
 *
 * @param text the answer
 */
record Scrape(String text) {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\w+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)} (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern OF_HISTOGRAM = Pattern.compile("_(bucket|count|sum)$");

    Map<String, MetricsTable.Family> families() {
        Map<String, String> types = comments("TYPE");
        Map<String, String> helps = comments("HELP");
        Map<String, MetricsTable.Family> families = new TreeMap<>();
        types.forEach((name, type) ->
                families.put(name, new MetricsTable.Family(type, new TreeSet<>(), helps.getOrDefault(name, ""))));
        text.lines().map(SAMPLE::matcher).filter(Matcher::matches).forEach(sample -> {
            String name = sample.group(1);
            String family =
                    types.containsKey(name) ? name : OF_HISTOGRAM.matcher(name).replaceFirst("");
            LABEL.matcher(sample.group(2))
                    .results()
                    .map(label -> label.group(1))
                    .filter(label -> !label.equals("le"))
                    .forEach(label -> families.get(family).labels().add(label));
        });
        return families;
    }

    private Map<String, String> comments(String kind) {
        Map<String, String> found = new TreeMap<>();
        text.lines()
                .map(COMMENT::matcher)
                .filter(Matcher::matches)
                .filter(comment -> comment.group(1).equals(kind))
                .forEach(comment -> found.put(comment.group(2), comment.group(3)));
        return found;
    }

    /** Returns the value of a series, such as {@code name{a="b"}}. */
    double value(String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> Double.valueOf(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + series + " in:\n" + text));
    }

    Set<String> series(String beginning) {
        Set<String> found = new TreeSet<>();
        text.lines()
                .filter(line -> line.startsWith(beginning))
                .forEach(line -> found.add(line.substring(0, line.lastIndexOf(' '))));
        return found;
    }
}
