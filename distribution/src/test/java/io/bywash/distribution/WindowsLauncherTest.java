package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher for Windows cannot run here. What it would run is read from it, and held against what the other one runs. */
class WindowsLauncherTest {
    private static final Pattern OPTIONS = Pattern.compile(
            "^(?:if %version% (EQU|GEQ) (\\d+) )?set \"options=(?:%options% )?(.*)\"$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    static Path folder;

    private static Installation bywash;
    private static String text;

    @BeforeAll
    static void unpack() throws IOException {
        bywash = Installation.in(Files.createDirectory(folder.resolve("an installation (1)")));
        String file = Files.readString(bywash.path("bin/bywash.cmd"));
        assertTrue(file.lines().count() > 1 && !file.replace("\r\n", "").contains("\n"), "lines end as on Windows");
        text = file.replace("\r\n", "\n").replace("^\n", "");
    }

    private static Stream<MatchResult> found(String pattern, String where) {
        return Pattern.compile(pattern, Pattern.MULTILINE).matcher(where).results();
    }

    private static String options(int version) {
        return OPTIONS.matcher(text)
                .results()
                .filter(line -> line.group(1) == null
                        || (line.group(1).equals("EQU")
                                ? version == Integer.parseInt(line.group(2))
                                : version >= Integer.parseInt(line.group(2))))
                .map(line -> line.group(3))
                .collect(Collectors.joining(" "));
    }

    /** The words of the line that starts Java, as Windows would make them. */
    private static List<String> command(int version, String own, String arguments) {
        String line = found("^java (.*)$", text).findFirst().orElseThrow().group(1);
        List<String> words = new ArrayList<>();
        Map<String, String> several =
                Map.of("%options%", options(version), "%BYWASH_JAVA_OPTIONS%", own, "%*", arguments);
        WORD.matcher(line).results().forEach(word -> {
            if (word.group(1) == null) {
                words.addAll(List.of(
                        several.getOrDefault(word.group(2), word.group(2)).split(" ")));
            } else {
                words.add(word.group(1)
                        .replace("%BYWASH_CONF%", "%home%\\conf")
                        .replace("%home%", bywash.path("").toString())
                        .replace(";", ":")
                        .replace("\\", "/"));
            }
        });
        return words;
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 18, 21, 23, 24, 25, 26})
    void itStartsJavaAsTheOtherDoes(int version) throws Exception {
        Path java = Files.createTempDirectory(folder, "jdk").resolve("bin/java");
        Files.createDirectory(java.getParent());
        Files.writeString(
                java,
                "#!/bin/sh\ncase $1 in -XshowSettings*) echo \"    java.specification.version = " + version
                        + "\" >&2 ;; *) printf '%s\\n' \"$@\" ;; esac\n");
        assertTrue(java.toFile().setExecutable(true));
        Ended ended = bywash.with("JAVA_HOME", java.getParent().getParent().toString())
                .with("BYWASH_JAVA_OPTIONS", "-Xmx1g -Dx=y")
                .run("run", "-c", "a.conf");
        assertEquals(ended.out().lines().toList(), command(version, "-Xmx1g -Dx=y", "run -c a.conf"));
    }

    @Test
    void itRefusesTheSameVersionsOfJava() {
        assertTrue(text.contains("if %version% LSS 17 goto oldjava"), text);
    }

    @Test
    void whereItGoesIsAPlace() {
        Set<String> places =
                found("^:(\\w+)$", text).map(place -> place.group(1)).collect(Collectors.toSet());
        assertEquals(
                new TreeSet<>(places),
                found("goto (\\w+)$", text)
                        .map(going -> going.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** What {@code bin/bywash} says at its top that it reads, what both read, and what the page says. */
    @Test
    void bothReadWhatIsDocumented() throws IOException {
        String other = Files.readString(bywash.path("bin/bywash"));
        Set<String> said = names("^#   ([A-Z_]+) ", other);
        assertEquals(said, names("\\$\\{?([A-Z][A-Z_]+)", other));
        assertEquals(
                said,
                names(
                        "(?:%|defined )([A-Z][A-Z_]+)\\b",
                        text.replace("%PATH%", "").replace("%ERRORLEVEL%", "")));
        Path page = Path.of(System.getProperty("root"), "docs", "installation.md");
        assertEquals(said, names("^\\| `([A-Z_]+)` \\|", Files.readString(page)));
    }

    private static Set<String> names(String pattern, String where) {
        return found(pattern, where).map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
