package io.bywash.core.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.settings.StartFrom;
import io.bywash.handler.NonRetriableException;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes back to a group through its redrive topic is handled as if it were in the source topic. */
class RedriveTopicTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final StringSerializer STRINGS = new StringSerializer();

    private final List<TestGroup> groups = new ArrayList<>();
    private final Set<String> toldTopics = new CopyOnWriteArraySet<>();
    private final Recording handled = new Recording((record, context) -> {});
    private final Recording refused = new Recording((record, context) -> {
        throw new NonRetriableException("not mended");
    });

    @AfterEach
    void closeGroups() {
        groups.forEach(TestGroup::close);
    }

    /** A schema registry finds the schema by the topic, so the deserialiser must hear of the source. */
    private final class Listening extends StringDeserializer {
        @Override
        public String deserialize(String topic, Headers headers, byte[] data) {
            toldTopics.add(topic);
            return super.deserialize(topic, data);
        }
    }

    @Test
    void aRunningGroupFindsWhatWasSentBackWhateverItStartsFrom() {
        TestGroup group = group(2);
        Member member = start(group, handled, group.builder().startFrom(new StartFrom.Latest()));
        member.events().await(io.bywash.core.event.GroupEvent.RebalanceCompleted.class);
        sendBack(group, 1, "again");
        handled.awaitCalls(1, "again/1");
        assertEquals(Set.of(group.topic()), toldTopics);
        awaitAssigned(member, group.topic(), redriveTopic(group));
    }

    @Test
    void aGroupThatStartsLaterFindsItToo() {
        TestGroup group = group(1);
        sendBack(group, 0, "again");
        start(group, handled, group.builder().startFrom(new StartFrom.Latest()));
        handled.awaitCalls(0, "again/1");
    }

    @Test
    void aLetterThatFailsAgainKeepsTheCoordinatesOfTheOriginal() {
        TestGroup group = group(1);
        KAFKA.cluster().createTopic(redriveTopic(group), 1);
        List<Header> headers = List.of(
                header("trace", "t1"),
                header("bywash-source-topic", "elsewhere"),
                header("bywash-source-partition", "7"),
                header("bywash-source-offset", "4711"),
                header("bywash-source-timestamp", "not a number"),
                header("bywash-redrives", "2"));
        produce(new ProducerRecord<>(redriveTopic(group), 0, 42L, "k", "bad", headers));
        start(group, refused, group.builder());

        ConsumerRecord<byte[], byte[]> letter = group.awaitDeadLetters(1).get(0);
        assertEquals(
                group.topic(), text(letter, "bywash-source-topic"), "it is known from the settings, not from a header");
        assertEquals("7", text(letter, "bywash-source-partition"));
        assertEquals("4711", text(letter, "bywash-source-offset"));
        assertEquals("42", text(letter, "bywash-source-timestamp"), "what is no number is not taken over");
        assertEquals("2", text(letter, "bywash-redrives"));
        assertEquals("not mended", text(letter, "bywash-exception-message"));
        assertEquals("t1", text(letter, "trace"));
        assertEquals(42, letter.timestamp());
    }

    @Test
    void ofASourceRecordNoHeaderButTheNumberOfRedrivesIsKept() {
        TestGroup group = group(1);
        List<Header> headers = List.of(
                header("bywash-source-partition", "7"),
                header("bywash-source-offset", "4711"),
                header("bywash-redrives", "-1"),
                header("bywash-redrives", "1"));
        produce(new ProducerRecord<>(group.topic(), 0, 42L, "k", "bad", headers));
        produce(new ProducerRecord<>(group.topic(), 0, 42L, "k", "bad", List.of(header("bywash-redrives", "many"))));
        start(group, refused, group.builder());

        List<ConsumerRecord<byte[], byte[]>> letters = group.awaitDeadLetters(2);
        assertEquals("0", text(letters.get(0), "bywash-source-partition"));
        assertEquals("0", text(letters.get(0), "bywash-source-offset"));
        assertEquals("1", text(letters.get(0), "bywash-redrives"));
        assertNull(letters.get(1).headers().lastHeader("bywash-redrives"));
    }

    @Test
    void aPatternReadsTheRedriveTopicsOfItsOwnGroupAndNoOther() {
        TestGroup group = group(1);
        String foreign = group.topic() + ".another-group.redrive";
        KAFKA.cluster().createTopic(foreign, 1);
        produce(new ProducerRecord<>(foreign, 0, "k", "for others"));
        produce(new ProducerRecord<>(group.topic(), 0, "k", "first"));
        sendBack(group, 0, "again");
        GroupConsumerBuilder builder = io.bywash.core.GroupConsumer.builder()
                .group(group.group())
                .topicPattern(Pattern.compile(Pattern.quote(group.topic()) + ".*"))
                .timing(TestGroup.TIMING)
                .kafka(java.util.Map.of(
                        "bootstrap.servers", KAFKA.cluster().bootstrapServers(), "metadata.max.age.ms", "500"));
        Member member = start(group, handled, builder);
        handled.awaitCalls(0, "first/1", "again/1");
        awaitAssigned(member, group.topic(), redriveTopic(group));
        assertEquals(List.of("first/1", "again/1"), handled.of(0));
        assertEquals(Set.of(group.topic()), toldTopics);
    }

    @Test
    void aRedriveTopicThatGoesIsLeft() throws ExecutionException, InterruptedException {
        TestGroup group = group(1);
        sendBack(group, 0, "again");
        Member member = start(group, handled, group.builder());
        awaitAssigned(member, group.topic(), redriveTopic(group));
        handled.awaitCalls(0, "again/1");
        KAFKA.cluster().admin().deleteTopics(List.of(redriveTopic(group))).all().get();
        awaitAssigned(member, group.topic());
        produce(new ProducerRecord<>(group.topic(), 0, "k", "next"));
        handled.awaitCalls(0, "again/1", "next/1");
    }

    private static void awaitAssigned(Member member, String... topics) {
        Eventually.holds(
                () -> List.of(topics) + " are assigned, not "
                        + member.consumer().assignment(),
                () -> member.consumer().assignment().stream()
                        .map(TopicPartition::topic)
                        .collect(Collectors.toSet())
                        .equals(Set.of(topics)));
    }

    private TestGroup group(int partitions) {
        TestGroup group = new TestGroup(KAFKA.cluster(), partitions);
        groups.add(group);
        return group;
    }

    private Member start(TestGroup group, Recording handler, GroupConsumerBuilder builder) {
        return group.start(builder.handler(handler, Listening::new, Listening::new));
    }

    private static String redriveTopic(TestGroup group) {
        return group.topic() + "." + group.group() + ".redrive";
    }

    private static void sendBack(TestGroup group, int partition, String value) {
        KAFKA.cluster().createTopic(redriveTopic(group), 2);
        produce(new ProducerRecord<>(redriveTopic(group), partition, "k", value));
    }

    private static void produce(ProducerRecord<String, String> record) {
        KAFKA.cluster().produce(List.of(record), STRINGS, STRINGS);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private static String text(ConsumerRecord<?, ?> record, String header) {
        Header found = record.headers().lastHeader(header);
        assertNotNull(found, header);
        return new String(found.value(), UTF_8);
    }
}
