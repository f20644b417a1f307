package io.bywash.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.api.common.AttributeKey;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the attributes against the table of {@code docs/monitoring.md}. */
class AttributesTest {
    @Test
    void everyAttributeIsDocumentedAndNoOther() throws Exception {
        Set<String> known = new TreeSet<>();
        for (Field field : MessagingAttributes.class.getDeclaredFields()) {
            if (field.getType() == AttributeKey.class) {
                known.add(((AttributeKey<?>) field.get(null)).getKey());
            }
        }
        String page = Files.readString(Path.of("..", "..", "docs", "monitoring.md"));
        Set<String> documented = new TreeSet<>();
        Pattern.compile("^\\| (`[a-z._]+`(?:, `[a-z._]+`)*) \\|", Pattern.MULTILINE)
                .matcher(page.substring(page.indexOf("| Attribute |")))
                .results()
                .forEach(row ->
                        documented.addAll(Set.of(row.group(1).replace("`", "").split(", "))));
        assertEquals(known, documented);
    }
}
