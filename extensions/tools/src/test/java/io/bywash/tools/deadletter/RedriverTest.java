package io.bywash.tools.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import io.bywash.tools.ToolException;
import io.bywash.tools.fixture.LetterBox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedriverTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static RedriveReport redrive(LetterBox box, RedriveRequest request) {
        return new Redriver(box.settings()).redrive(request, RedriveListener.NONE, () -> false);
    }

    private static RedriveReport report(Map<String, Long> targets, long... stay) {
        long gone = targets.values().stream().mapToLong(Long::longValue).sum();
        return new RedriveReport(
                new TreeMap<>(targets),
                gone + LongStream.of(stay).sum(),
                stay[0],
                stay[1],
                stay[2],
                stay[3],
                stay.length > 4 ? stay[4] : 0,
                false);
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "v" + i).sorted().toList();
    }

    @Test
    void aLetterGoesBackAsItIsWithWhereItCameFrom() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 3);
        box.send(List.of(box.letter(2, "k", "v", Map.of("bywash-redrives", "1"))));
        assertEquals(report(Map.of(box.redriveTopic(), 1L), 0, 0, 0, 0), redrive(box, box.all()));

        ConsumerRecord<byte[], byte[]> copy =
                KAFKA.cluster().read(box.redriveTopic()).get(0);
        assertArrayEquals("k".getBytes(UTF_8), copy.key());
        assertArrayEquals("v".getBytes(UTF_8), copy.value());
        assertEquals(LetterBox.TIME, copy.timestamp());
        assertEquals(2, copy.partition());
        assertEquals(3, KAFKA.cluster().endOffsets(box.redriveTopic()).size(), "as many partitions as the source");
        Map<String, String> headers = new TreeMap<>();
        for (Header header : copy.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        assertEquals(
                Map.of(
                        "trace", "t-v",
                        "bywash-source-topic", box.source(),
                        "bywash-source-partition", "2",
                        "bywash-source-offset", "11",
                        "bywash-source-timestamp", String.valueOf(LetterBox.TIME),
                        "bywash-redrives", "2",
                        "bywash-redriven-from", box.letterTopic() + "-2@0"),
                headers);
    }

    @Test
    void whatHasGoneBackDoesNotGoAgain() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 2);
        box.send(10, 2);
        assertEquals(10, redrive(box, box.all()).redriven());
        assertEquals(report(Map.of(), 0, 0, 0, 0), redrive(box, box.all()));
        box.send(List.of(box.letter(0, "k", "later", Map.of())));
        assertEquals(1, redrive(box, box.all()).redriven());
        assertEquals(11, KAFKA.cluster().read(box.redriveTopic()).size());
    }

    @Test
    void aFilterLeavesTheOthersForLater() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(9, 1);
        RedriveRequest some = with(box.all(), LetterFilter.ALL.withKey(Optional.of("k1")), RedriveLimits.DEFAULT);
        assertEquals(report(Map.of(box.redriveTopic(), 3L), 6, 0, 0, 0), redrive(box, some));
        assertEquals(List.of("v1", "v4", "v7"), box.values(box.redriveTopic()));
        assertEquals(report(Map.of(), 6, 0, 0, 0), redrive(box, some), "those that went back are not examined again");

        LetterPage pending = new Letters(box.settings()).list(box.only(), LetterFilter.ALL, RedriveScope.PENDING, 100);
        assertEquals(6, pending.matching());
        assertEquals(6, redrive(box, box.all()).redriven());
        assertEquals(names(0, 9), box.values(box.redriveTopic()));
    }

    @Test
    void aRehearsalChangesNothing() throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(5, 1);
        RedriveReport expected = report(Map.of(box.redriveTopic(), 5L), 0, 0, 0, 0);
        Redriver redriver = new Redriver(box.settings());
        assertEquals(expected, redriver.rehearse(box.all(), RedriveListener.NONE, () -> false));
        assertFalse(KAFKA.cluster().admin().listTopics().names().get().contains(box.redriveTopic()));
        assertEquals(Map.of(), KAFKA.cluster().committedOffsets(LetterLog.groupOf(box.letterTopic())));
        assertEquals(expected, redrive(box, box.all()), "the rehearsal told the truth");
    }

    @Test
    void aRecordComesBackNoMoreOftenThanTheCapSays() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(List.of(
                box.letter(0, "k", "often", Map.of("bywash-redrives", "3")),
                box.letter(0, "k", "seldom", Map.of("bywash-redrives", "2")),
                box.letter(0, "k", "absurd", Map.of("bywash-redrives", "999999999999999999"))));
        assertEquals(report(Map.of(box.redriveTopic(), 1L), 0, 2, 0, 0), redrive(box, box.all()));
        RedriveRequest more =
                with(box.all(), LetterFilter.ALL, new RedriveLimits(OptionalInt.empty(), OptionalLong.empty(), 4));
        assertEquals(report(Map.of(box.redriveTopic(), 1L), 0, 1, 0, 0), redrive(box, more));
        assertEquals(List.of("often", "seldom"), box.values(box.redriveTopic()));
    }

    /** Whoever may write to the dead-letter topic must not be able to have records written elsewhere. */
    @Test
    void headersDoNotSayWhereLettersGo() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        String elsewhere = KAFKA.cluster().createUniqueTopic("elsewhere", 1);
        box.send(List.of(
                box.letter(0, "k", "topic", Map.of("bywash-source-topic", elsewhere)),
                box.letter(0, "k", "group", Map.of("bywash-group", "others")),
                box.letter(0, "k", "nothing", Map.of("bywash-source-topic", "")),
                box.letter(0, "k", "negative", Map.of("bywash-source-partition", "-5")),
                box.letter(0, "k", "large", Map.of("bywash-source-partition", "2000000000")),
                box.letter(0, "k", "cut", Map.of("bywash-value-omitted-bytes", "5000000"))));
        assertEquals(report(Map.of(box.redriveTopic(), 1L), 0, 0, 4, 1), redrive(box, box.all()));
        assertEquals(List.of("large"), box.values(box.redriveTopic()));
        assertEquals(List.of(), box.values(elsewhere));
    }

    /** Retention goes by the timestamps of records, so one that is older than it may be gone before anybody has read it. */
    @Test
    void whatRetentionWouldRemoveStays() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(3, 1);
        KAFKA.cluster()
                .createTopic(new NewTopic(box.redriveTopic(), 1, (short) 1).configs(Map.of("retention.ms", "30000")));
        assertEquals(report(Map.of(), 0, 0, 0, 0, 3), redrive(box, box.all()));
        RedriveRequest toSource = to(box.all(), RedriveTarget.SOURCE);
        assertEquals(3, redrive(box, toSource).redriven(), "the source keeps records for seven days");
    }

    @Test
    void aRedriveTopicKeepsWhatItIsSent() throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(1, 1);
        redrive(box, box.all());
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, box.redriveTopic());
        Config config = KAFKA.cluster()
                .admin()
                .describeConfigs(List.of(topic))
                .all()
                .get()
                .get(topic);
        Map<String, String> own = new TreeMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                own.put(entry.name(), entry.value());
            }
        }
        assertEquals(Map.of("retention.ms", "-1", "retention.bytes", "-1", "cleanup.policy", "delete"), own);
    }

    @Test
    void toTheSourceIsAChoiceOfItsOwn() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(2, 1);
        RedriveRequest request = to(box.all(), RedriveTarget.SOURCE);
        assertEquals(report(Map.of(box.source(), 2L), 0, 0, 0, 0), redrive(box, request));
        assertEquals(List.of("v0", "v1"), box.values(box.source()));
    }

    @Test
    void aSourceThatIsMissingIsAnErrorBeforeAnythingIsSent() throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(2, 1);
        KAFKA.cluster().admin().deleteTopics(List.of(box.source())).all().get();
        RedriveRequest request = to(box.all(), RedriveTarget.SOURCE);
        ToolException missing = assertThrows(ToolException.class, () -> redrive(box, request));
        assertEquals(
                "topic " + box.source()
                        + " does not exist, so no letter can go back to it; create it, or redrive to the group"
                        + " that failed, without --to-source",
                missing.getMessage());
        assertEquals(ToolException.Kind.NOT_FOUND, missing.kind());
        assertThrows(
                ToolException.class,
                () -> new Redriver(box.settings()).rehearse(request, RedriveListener.NONE, () -> false));
        assertEquals(2, redrive(box, box.all()).redriven(), "the group can have them all the same");
    }

    @Test
    void noMoreGoBackThanAreAskedFor() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(10, 1);
        RedriveRequest four =
                with(box.all(), LetterFilter.ALL, new RedriveLimits(OptionalInt.of(1_000), OptionalLong.of(4), 3));
        assertEquals(4, redrive(box, four).redriven());
        assertEquals(4, redrive(box, four).redriven());
        assertEquals(2, redrive(box, four).redriven());
        assertEquals(names(0, 10), box.values(box.redriveTopic()));
    }

    @Test
    void itGoesNoFasterThanAskedForAndStopsWhenAskedTo() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(30, 1);
        RedriveRequest slow =
                with(box.all(), LetterFilter.ALL, new RedriveLimits(OptionalInt.of(10), OptionalLong.empty(), 3));
        List<Long> heard = new ArrayList<>();
        long begin = System.nanoTime();
        RedriveReport report = new Redriver(box.settings())
                .redrive(slow, (soFar, total) -> heard.add(soFar.redriven()), () -> heard.size() == 2);
        assertEquals(List.of(10L, 20L), heard);
        assertEquals(20, report.redriven());
        assertTrue(System.nanoTime() - begin >= 1_000_000_000L, "the second ten had to wait for their second");
        assertEquals(10, redrive(box, box.all()).redriven());
    }

    @Test
    void aRequestToStopIsHeardThoughNoLetterGoesBack() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(2_500, 1);
        RedriveRequest none =
                with(box.all(), LetterFilter.ALL.withKey(Optional.of("of no letter")), RedriveLimits.DEFAULT);
        List<Long> heard = new ArrayList<>();
        RedriveReport report = new Redriver(box.settings())
                .redrive(none, (soFar, total) -> heard.add(soFar.examined()), () -> !heard.isEmpty());
        assertTrue(report.stopped());
        assertEquals(1_000, report.examined());
        assertEquals(List.of(999L), heard);
    }

    @Test
    void aKilledRedriveIsGoneOnWith() throws IOException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 2);
        box.send(200, 2);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RedriverMain.class.getName(),
                        KAFKA.cluster().bootstrapServers(),
                        box.source(),
                        box.group())
                .redirectErrorStream(true)
                .start();
        long reported = 0;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = out.readLine(); line != null && reported < 80; line = out.readLine()) {
                reported = line.matches("[0-9]+") ? Long.parseLong(line) : reported;
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertTrue(reported >= 80 && reported < 200, "it was killed in the middle, after " + reported);
        long before = KAFKA.cluster().read(box.redriveTopic()).size();
        RedriveReport rest = redrive(box, box.all());
        assertEquals(200 - before, rest.redriven(), "exactly those that were not committed");
        assertEquals(names(0, 200), box.values(box.redriveTopic()), "each once");
    }

    @Test
    void anEarlierRedriveIsFencedByALaterOne() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(30, 1);
        RedriveRequest slow =
                with(box.all(), LetterFilter.ALL, new RedriveLimits(OptionalInt.of(10), OptionalLong.empty(), 3));
        RedriveListener meanwhile = (soFar, total) -> {
            if (soFar.redriven() == 10) {
                assertEquals(20, redrive(box, box.all()).redriven());
            }
        };
        ToolException fenced = assertThrows(
                ToolException.class, () -> new Redriver(box.settings()).redrive(slow, meanwhile, () -> false));
        assertTrue(
                fenced.getMessage().startsWith("another redrive of " + box.letterTopic() + " has begun"),
                fenced.getMessage());
        assertEquals(names(0, 30), box.values(box.redriveTopic()));
    }

    @Test
    void whatCannotBeRememberedDoesNotGoBack() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(IntStream.range(0, 8_000)
                .mapToObj(i -> box.letter(0, "k" + i % 2, "v", Map.of()))
                .toList());
        RedriveRequest everySecond =
                with(box.all(), LetterFilter.ALL.withKey(Optional.of("k1")), RedriveLimits.DEFAULT);
        ToolException scattered = assertThrows(ToolException.class, () -> redrive(box, everySecond));
        assertTrue(
                scattered.getMessage().contains("too scattered to be remembered in 4096 bytes"), scattered::getMessage);
        int gone = KAFKA.cluster().read(box.redriveTopic()).size();
        LetterPage pending = new Letters(box.settings()).list(box.only(), LetterFilter.ALL, RedriveScope.PENDING, 0);
        assertEquals(8_000 - gone, pending.matching(), "what went back is known");
    }

    private static RedriveRequest with(RedriveRequest request, LetterFilter filter, RedriveLimits limits) {
        return new RedriveRequest(request.source(), filter, request.scope(), request.target(), limits);
    }

    private static RedriveRequest to(RedriveRequest request, RedriveTarget target) {
        return new RedriveRequest(request.source(), request.filter(), request.scope(), target, request.limits());
    }
}
