package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that put the archive into service say what is true of it. */
class DeploymentTest {
    private static final Path ROOT = Path.of(System.getProperty("root"));
    private static final Path UNIT = ROOT.resolve("deploy/systemd/bywash.service");

    @TempDir
    private Path folder;

    private static List<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void systemdTakesTheUnit() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "there is no systemd-analyze here");
        Installation bywash = Installation.in(folder);
        Path unit = folder.resolve("bywash.service");
        Files.writeString(
                unit,
                Files.readString(UNIT).replace("/opt/bywash/", bywash.path("").toString() + "/"));
        assertEquals("", Tool.run("/usr/bin/systemd-analyze", "--man=no", "verify", unit.toString()));
    }

    @Test
    void systemdWaitsLongerThanTheDrainTakes() throws IOException {
        long drain = ConfigFactory.parseFile(ROOT.resolve("distribution/src/main/archive/conf/application.conf")
                        .toFile())
                .getDuration("bywash.defaults.drain-timeout")
                .toSeconds();
        assertTrue(Long.parseLong(found("^TimeoutStopSec=(\\d+)s$", UNIT).get(0)) > drain);
    }

    @Test
    void theImageIsMadeOfThisVersion() throws IOException {
        Path dockerfile = ROOT.resolve("deploy/docker/Dockerfile");
        String archive = Installation.archive("").getFileName().toString();
        assertEquals(List.of(archive.substring("bywash-".length())), found("^ARG VERSION=(.*)$", dockerfile));
        assertEquals(List.of("bywash-${VERSION}.tar.gz"), found("^ADD (\\S+) ", dockerfile));
    }

    /** What somebody else may depend on: every module with classes but those that only look at the others. */
    @Test
    void theBomNamesEveryModuleToDependOn() throws IOException {
        Set<String> artifacts = new TreeSet<>();
        for (String module : found("<module>(.*)</module>", ROOT.resolve("pom.xml"))) {
            if (!module.matches("bom|distribution|architecture|benchmarks|chaos|examples/.*|extensions/dev")) {
                artifacts.add(found(
                                "<artifactId>(bywash-(?!parent).*?)</artifactId>",
                                ROOT.resolve(module).resolve("pom.xml"))
                        .get(0));
            }
        }
        assertEquals(
                artifacts,
                new TreeSet<>(found("<artifactId>(bywash-(?!bom).*?)</artifactId>", ROOT.resolve("bom/pom.xml"))));
        assertEquals(
                List.of(found("<version>(.*?)</version>", ROOT.resolve("pom.xml"))
                        .get(0)),
                found("<version>([^$]*?)</version>", ROOT.resolve("bom/pom.xml")));
    }
}
