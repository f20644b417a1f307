package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigFactory;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.runtime.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that put the archive into service say what is true of it. */
class DeploymentTest {
    private static final Path ROOT = Path.of(System.getProperty("root"));
    private static final Path UNIT = ROOT.resolve("deploy/systemd/bywash.service");
    private static final Path DOCKERFILE = ROOT.resolve("deploy/docker/Dockerfile");

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

    /** Where the unit looks is where the page puts things; what it sets is read; what it does not start again is no failure that passes. */
    @Test
    void theUnitNamesWhatIsThere() throws IOException {
        Installation bywash = Installation.in(folder);
        assertEquals(List.of("bin/bywash run"), found("^ExecStart=/opt/bywash/(.*)$", UNIT));
        assertTrue(Files.isExecutable(bywash.path("bin/bywash")));
        assertEquals(
                Set.of("BYWASH_CONF", "BYWASH_HANDLERS", "BYWASH_LOG"), Set.copyOf(found("\\b([A-Z_]+)=/?\\w", UNIT)));
        assertRead(found("^Environment=(.*)$", UNIT).get(0), bywash);
        assertEquals(
                List.of(ExitCode.USAGE.code() + " " + ExitCode.CONFIGURATION.code()),
                found("^RestartPreventExitStatus=(.*)$", UNIT));
        assertEquals(found("^StateDirectory=(.*)$", UNIT), found("^WorkingDirectory=/var/lib/(.*)$", UNIT));
        String page = Files.readString(ROOT.resolve("docs/installation.md"));
        for (String place : List.of("/etc/bywash", "/opt/bywash-handlers", "/etc/bywash/environment")) {
            assertTrue(Files.readString(UNIT).contains(place) && page.contains(place), place);
        }
    }

    /** Variables of ours that are set somewhere are among those the launcher reads. */
    private static void assertRead(String settings, Installation bywash) throws IOException {
        List<String> set = Pattern.compile("\\b(BYWASH_[A-Z_]+)")
                .matcher(settings)
                .results()
                .map(name -> name.group(1))
                .toList();
        assertFalse(set.isEmpty(), settings);
        List<String> read = found("^#   ([A-Z_]+) ", bywash.path("bin/bywash"));
        assertTrue(read.containsAll(set), () -> set + " of " + read);
    }

    @Test
    void theImageStartsWhatIsThereWithOptionsThatJavaTakes() throws IOException {
        Installation bywash = Installation.in(folder);
        assertEquals(List.of("bin/bywash"), found("^ENTRYPOINT \\[\"/opt/bywash/(.*)\"]$", DOCKERFILE));
        assertEquals(List.of("run"), found("^CMD \\[\"(.*)\"]$", DOCKERFILE));
        assertRead(Files.readString(DOCKERFILE), bywash);
        Path pod = ROOT.resolve("deploy/kubernetes/deployment.yaml");
        assertRead(Files.readString(pod), bywash);
        String ofImage = found("BYWASH_JAVA_OPTIONS=\"(.*)\"$", DOCKERFILE).get(0);
        String ofPod = found("name: BYWASH_JAVA_OPTIONS\\s+value: (.*)$", pod).get(0);
        assertTrue(ofPod.startsWith(ofImage), "what the pod sets takes the place of what the image does: " + ofPod);
        Tool.run(Stream.of(
                        Stream.of(System.getProperty("java.home") + "/bin/java"),
                        Stream.of(ofPod.split(" ")),
                        Stream.of("-version"))
                .flatMap(words -> words)
                .toArray(String[]::new));
        assertEquals(found("runAsUser: (.*)$", pod), found("^USER (\\d+):", DOCKERFILE));
    }

    /** The page says how long to wait for a drain; what is asked for in the Dockerfile is the same. */
    @Test
    void dockerWaitsAsLongAsSystemdDoes() throws IOException {
        List<String> patience = found("^TimeoutStopSec=(\\d+)s$", UNIT);
        assertEquals(patience, found("docker stop --timeout (\\d+)", DOCKERFILE));
        assertEquals(patience, found("--stop-timeout (\\d+)", ROOT.resolve("docs/installation.md")));
        assertEquals(
                patience,
                found("terminationGracePeriodSeconds: (\\d+)", ROOT.resolve("deploy/kubernetes/deployment.yaml")));
    }

    @Test
    void theImageIsMadeOfThisVersion() throws IOException {
        String archive = Installation.archive("").getFileName().toString();
        assertEquals(List.of(archive.substring("bywash-".length())), found("^ARG VERSION=(.*)$", DOCKERFILE));
        assertEquals(List.of("bywash-${VERSION}.tar.gz"), found("^ADD (\\S+) ", DOCKERFILE));
    }

    /** The examples in the configuration of the archive, which are comments: what they need is missing here, and nothing is unknown. */
    @Test
    void theExamplesOfTheConfigurationWouldWork() throws IOException {
        Path conf = ROOT.resolve("distribution/src/main/archive/conf/application.conf");
        String told = Files.readString(conf).replaceAll("(?m)^( +)# (?=[a-z.-]+( = |( \\{))|[ }])", "$1");
        assertTrue(told.contains("\n    sasl {") || told.contains("\n     sasl {"), told);
        List<String> problems =
                Bywash.builder().config(ConfigFactory.parseString(told)).prepare().problems().errors().stream()
                        .map(Problem::toString)
                        .toList();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("/run/secrets/kafka-password does not exist"), problems::toString);
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
