package io.bywash.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.benchmarks.report.BarChart.Group;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A chart is well-formed and its bars are as long as their values say. */
class BarChartTest {

    @Test
    void drawsBarsInProportion() throws Exception {
        List<Integer> widths = widths(new Axis.Linear(), 10, 5, 0);
        assertEquals(widths.get(0) / 2, widths.get(1));
        assertEquals(1, widths.get(2));
    }

    @Test
    void drawsTenTimesTheValueTheSameLengthLonger() throws Exception {
        List<Integer> widths = widths(new Axis.Logarithmic(), 1000, 100, 10, 0);
        assertEquals(widths.get(0) / 2, widths.get(1));
        assertEquals(1, widths.get(2));
        assertEquals(1, widths.get(3));
    }

    private static List<Integer> widths(Axis axis, double... values) throws Exception {
        List<Group> groups = IntStream.range(0, values.length)
                .mapToObj(i -> new Group("a < b & " + i, List.of(values[i])))
                .toList();
        String svg = new BarChart("title", axis, "%.1f", List.of("median"), groups).svg();
        assertTrue(svg.contains("a &lt; b &amp; 0"), svg);
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        NodeList rectangles = document.getElementsByTagName("rect");
        // The first is the background.
        return IntStream.range(1, rectangles.getLength())
                .mapToObj(i -> Integer.valueOf(((Element) rectangles.item(i)).getAttribute("width")))
                .toList();
    }
}
