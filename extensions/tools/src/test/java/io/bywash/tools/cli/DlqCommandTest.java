package io.bywash.tools.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import io.bywash.tools.fixture.LetterBox;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DlqCommandTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @TempDir
    private Path folder;

    private LetterBox box;
    private Cli cli;

    @BeforeEach
    void open() {
        box = new LetterBox(KAFKA.cluster(), 1);
        cli = Cli.of(folder, KAFKA.cluster().bootstrapServers(), box);
    }

    private void sendThree() {
        box.send(List.of(
                box.letter(0, "ada", "v0", Map.of()),
                box.letter(
                        0,
                        "ada",
                        "v1",
                        Map.of("bywash-exception-class", "java.io.IOException", "bywash-handler", "other")),
                box.letter(0, "alan", "v2", Map.of("bywash-exception-message", "second"))));
    }

    @Test
    void lettersAreListedByExceptionAndOneByOne() {
        sendThree();
        Cli.Ended table = cli.run("dlq", "list");
        assertEquals(0, table.code(), table.err());
        List<String> lines = table.out().lines().toList();
        String time = Instant.ofEpochMilli(LetterBox.TIME).toString();
        assertEquals(box.letterTopic() + ": 3 of 3 letters", lines.get(0));
        assertEquals(
                List.of(
                        "2",
                        "com.acme.NoSuchCustomer",
                        "order-handler",
                        time,
                        time,
                        box.letterTopic() + "-0@2",
                        "second"),
                List.of(lines.get(2).split(" {2,}")));
        assertEquals(
                List.of(
                        box.letterTopic() + "-0@1",
                        time,
                        "ada",
                        "other",
                        "java.io.IOException",
                        "0",
                        "no such customer"),
                List.of(lines.get(7).split(" {2,}")));

        Config json = cli.run("dlq", "list", "--limit", "1", "-o", "json")
                .json()
                .getConfigList("topics")
                .get(0);
        assertEquals(3, json.getInt("matching"));
        assertEquals(2, json.getConfigList("groups").get(0).getInt("count"));
        assertEquals(1, json.getConfigList("letters").size());
        assertEquals(
                box.letterTopic() + "-0@2", json.getConfigList("letters").get(0).getString("letter"));
        assertEquals(
                box.source() + "-0@11", json.getConfigList("letters").get(0).getString("source"));
    }

    @Test
    void filtersAreAppliedTogether() {
        sendThree();
        assertEquals(2, matching("--key", "ada"));
        assertEquals(1, matching("--key", "ada", "--exception", "IOException"));
        assertEquals(1, matching("--handler", "other"));
        assertEquals(1, matching("--header", "trace=t-v2"));
        assertEquals(0, matching("--header", "trace=t-v2", "--header", "trace2=x"));
        String time = Instant.ofEpochMilli(LetterBox.TIME).toString();
        assertEquals(3, matching("--since", time));
        assertEquals(0, matching("--until", time));
    }

    private int matching(String... filter) {
        String[] all = new String[filter.length + 4];
        System.arraycopy(new String[] {"dlq", "list", "-o", "json"}, 0, all, 0, 4);
        System.arraycopy(filter, 0, all, 4, filter.length);
        return cli.run(all).json().getConfigList("topics").get(0).getInt("matching");
    }

    @Test
    void oneLetterIsShownWhole() {
        sendThree();
        Cli.Ended shown = cli.run("dlq", "show", box.letterTopic() + "-0@1");
        assertEquals(0, shown.code(), shown.err());
        assertTrue(shown.out().contains("key       ada\nvalue     v1\nheader    trace = t-v1\n"), shown.out());
        assertTrue(shown.out().contains("source    " + box.source() + "-0@11\n"), shown.out());
        Config json =
                cli.run("dlq", "show", "-o", "json", box.letterTopic() + "-0@1").json();
        assertEquals("v1", json.getString("value"));
        assertEquals("pending", json.getString("state"));
    }

    @Test
    void whatIsNotThereIsSaid() {
        sendThree();
        Cli.Ended beyond = cli.run("dlq", "show", box.letterTopic() + "-0@3");
        assertEquals(3, beyond.code());
        assertTrue(
                beyond.err().contains("there is no letter " + box.letterTopic() + "-0@3: no such topic"), beyond.err());
        Cli.Ended topic = cli.run("dlq", "list", "--topic", "payments");
        assertEquals(3, topic.code());
        assertTrue(
                topic.err().contains("no consumer has the dead-letter topic payments; there are " + box.letterTopic()),
                topic.err());
        Cli.Ended form = cli.run("dlq", "show", "12");
        assertEquals(2, form.code());
        assertTrue(form.err().contains("'12' names no letter; write topic, partition and offset"), form.err());
        Cli.Ended time = cli.run("dlq", "list", "--since", "yesterday");
        assertEquals(2, time.code());
        assertTrue(time.err().contains("'yesterday' is no time; write one such as"), time.err());
        Cli.Ended rate = cli.run("dlq", "redrive", "--rate", "0");
        assertEquals(2, rate.code());
        assertTrue(rate.err().contains("the letters per second must be at least 1, not 0"), rate.err());
        Cli.Ended group = cli.run("dlq", "list", "--group", "order");
        assertEquals(3, group.code());
        assertTrue(group.err().contains("has no consumer of a group order; did you mean orders?"), group.err());
    }

    @Test
    void lettersGoBackAndAreListedNoMore() {
        sendThree();
        String target = box.redriveTopic();
        Cli.Ended dry = cli.run("dlq", "redrive", "--dry-run", "--key", "ada");
        assertEquals(
                box.letterTopic() + ": 2 would be sent to " + target + ", 1 left out by the filter\n",
                dry.out(),
                dry.err());
        Cli.Ended done = cli.run("dlq", "redrive", "--key", "ada");
        assertEquals(0, done.code(), done.err());
        assertEquals(box.letterTopic() + ": 2 sent to " + target + ", 1 left out by the filter\n", done.out());
        assertEquals(List.of("v0", "v1"), box.values(target));
        assertEquals(1, matching());
        assertEquals(3, matching("--again"));
        Config json = cli.run("dlq", "redrive", "-o", "json").json();
        assertFalse(json.getBoolean("dryRun"));
        assertEquals(1, json.getConfigList("topics").get(0).getInt("redriven"));
        assertEquals(
                box.letterTopic() + ": no letters that have not been sent back\n",
                cli.run("dlq", "redrive").out());
    }

    @Test
    void aRequestToStopIsHeard() {
        sendThree();
        cli.stop().request();
        Cli.Ended stopped = cli.run("dlq", "redrive");
        assertEquals(0, stopped.code());
        assertTrue(stopped.err().contains("stopped as asked"), stopped.err());
    }

    /** What is in a letter may come from anybody, and a terminal obeys more than one thinks. */
    @Test
    void hostileTextIsInert() {
        String escape = "\u001b]0;owned\u0007\u001b[2J\u202e\r\nfake line";
        box.send(List.of(box.letter(
                0,
                escape,
                "v" + escape,
                Map.of(
                        "bywash-exception-class", escape,
                        "bywash-exception-message", escape.repeat(1_000),
                        "bywash-exception-stack", "at a\n" + escape,
                        "bywash-handler", escape,
                        "bywash-attempts", escape))));
        box.send(
                List.of(new ProducerRecord<>(box.letterTopic(), 0, LetterBox.TIME, null, new byte[] {(byte) 0xff, 0})));
        for (Cli.Ended ended : List.of(
                cli.run("dlq", "list"),
                cli.run("dlq", "show", box.letterTopic() + "-0@0"),
                cli.run("dlq", "list", "-o", "json"),
                cli.run("dlq", "show", "-o", "json", box.letterTopic() + "-0@0"))) {
            assertEquals(0, ended.code(), ended.err());
            assertTrue(ended.out().chars().allMatch(c -> c == '\n' || c >= ' '), ended.out());
        }
        Cli.Ended table = cli.run("dlq", "list");
        assertTrue(table.out().contains("\\u001b]0;owned\\u0007"), table.out());
        assertEquals(-1, table.out().indexOf('\u202e'));
        Config bare =
                cli.run("dlq", "show", "-o", "json", box.letterTopic() + "-0@1").json();
        assertEquals("0xff00", bare.getString("value"));
        assertEquals("(null)", bare.getString("key"));
        assertEquals("(unknown)", bare.getString("exception"));
        byte[] raw = cli.run("dlq", "show", "-o", "json", box.letterTopic() + "-0@0")
                .json()
                .getString("key")
                .getBytes(UTF_8);
        assertEquals(escape, new String(raw, UTF_8), "a script gets it as it is");
    }

    @Test
    void aBrokerThatIsAwayIsSaid() {
        Cli away = Cli.of(folder, "127.0.0.1:1", box);
        // The default of Kafka's clients is to try for a minute.
        Cli.Ended ended = away.run("dlq", "list");
        assertEquals(4, ended.code());
        assertTrue(ended.err().contains("since 127.0.0.1:1 does not do it"), ended.err());
    }
}
