package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.binding.DecodeException;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.EventStream;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.GroupEvent.JumpReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.pull.ReadRecord;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.StartFrom;
import io.bywash.core.settings.Timing;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that drives the loop itself, with all partitions in one stream. */
class GroupReaderTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    /** So long that only what is asked for, or the end, commits. */
    private static final Timing RARE_COMMITS =
            new Timing(Duration.ofHours(1), Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1));

    private static ReadRecord<String, String> next(GroupReader<String, String> reader) {
        return reader.records()
                .poll(Duration.ofSeconds(60))
                .orElseThrow(() -> new AssertionError("no record within a minute, " + reader.snapshot()));
    }

    private static List<ReadRecord<String, String>> next(GroupReader<String, String> reader, int count) {
        List<ReadRecord<String, String>> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(next(reader));
        }
        return read;
    }

    private static List<String> values(List<ReadRecord<String, String>> read) {
        return read.stream().map(one -> one.record().value()).toList();
    }

    @Test
    void readsAllPartitionsOfSeveralTopicsAndCommitsWhatIsMarked() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 3);
        String other = KAFKA.cluster().createUniqueTopic("other", 2);
        List<String> written = new ArrayList<>(group.produce(300));
        KAFKA.cluster()
                .produce(
                        List.of(new ProducerRecord<>(other, 1, "k", "on another topic")),
                        new StringSerializer(),
                        new StringSerializer());
        written.add("on another topic");

        try (GroupReader<String, String> reader =
                group.reader("a").topics(group.topic(), other).start()) {
            List<ReadRecord<String, String>> read = next(reader, 301);
            read.forEach(reader::mark);
            assertEquals(new TreeSet<>(written), new TreeSet<>(values(read)));
            for (int partition = 0; partition < 3; partition++) {
                TopicPartition one = group.partition(partition);
                List<Long> offsets = read.stream()
                        .filter(record -> record.partition().equals(one))
                        .map(ReadRecord::offset)
                        .toList();
                assertEquals(offsets.stream().sorted().toList(), offsets);
                group.awaitCommitted(partition, 100);
            }
            assertEquals(
                    Map.of(group.topic(), new TreeSet<>(Set.of(0, 1, 2)), other, new TreeSet<>(Set.of(0, 1))),
                    reader.subscriptions());
        }
    }

    @Test
    void whatIsNotMarkedIsReadAgain() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        group.produce(10);
        try (GroupReader<String, String> reader =
                group.reader("a").timing(RARE_COMMITS).start()) {
            List<ReadRecord<String, String>> read = next(reader, 10);
            reader.mark(read.get(3));
            reader.mark(read.get(1));
        }
        assertEquals(4, group.committed(0), "closing commits the furthest mark");
        try (GroupReader<String, String> reader = group.reader("b").start()) {
            assertEquals(4, next(reader).offset());
            assertEquals(Optional.of(4L), reader.initialOffset(group.partition(0)));
        }
    }

    @Test
    void commitsOnDemandAndKeepsATextWithTheOffset() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        group.produce(10);
        try (GroupReader<String, String> reader =
                group.reader("a").timing(RARE_COMMITS).start()) {
            assertEquals(Optional.empty(), reader.text(group.partition(0)), "not here yet");
            List<ReadRecord<String, String>> read = next(reader, 10);
            reader.mark(read.get(4), "batch 7 u=1 é");
            reader.commit();
            assertEquals(5, group.committed(0));
            reader.mark(group.partition(0), 5);
            reader.commit(Duration.ofSeconds(60));
            assertEquals(6, group.committed(0));
        }
        try (GroupReader<String, String> reader = group.reader("b").start()) {
            ReadRecord<String, String> first = next(reader);
            assertEquals(6, first.offset());
            assertEquals(Optional.of("batch 7 u=1 é"), reader.text(group.partition(0)), "kept until there is another");
            reader.mark(first, "batch 8");
        }
        try (GroupReader<String, String> reader = group.reader("c").start()) {
            assertEquals(7, next(reader).offset());
            assertEquals(Optional.of("batch 8"), reader.text(group.partition(0)));
        }
    }

    @Test
    void aResetReadsAgainFromTheRecordAndCommitsIt() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        List<String> written = group.produceTo(0, 20);
        EventLog events = new EventLog();
        try (GroupReader<String, String> reader =
                group.reader("a").listener(events).start()) {
            List<ReadRecord<String, String>> read = next(reader, 20);
            reader.mark(read.get(19));
            group.awaitCommitted(0, 20);

            reader.reset(read.get(5));
            assertEquals(written.subList(5, 20), values(next(reader, 15)));
            group.awaitCommitted(0, 5);
            GroupEvent.PositionJumped jump =
                    events.await(GroupEvent.PositionJumped.class, event -> event.reason() == JumpReason.RESET);
            assertEquals(new GroupEvent.PositionJumped(group.partition(0), 20, 5, JumpReason.RESET), jump);

            reader.mark(read.get(19));
            assertEquals(
                    new RecordPosition(group.partition(0), 19),
                    events.await(GroupEvent.LateResult.class).record(),
                    "a mark of before the reset is none of after it");
            reader.reset(group.partition(0), 2);
            reader.reset(group.partition(0), 18);
            ReadRecord<String, String> again = next(reader);
            while (again.offset() < 18) {
                again = next(reader);
            }
            assertEquals(
                    written.subList(18, 20),
                    List.of(again.record().value(), next(reader).record().value()));
            group.awaitCommitted(0, 18);
        }
    }

    @Test
    void aResetJustBeforeTheEndCounts() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        group.produce(20);
        try (GroupReader<String, String> reader = group.reader("a").start()) {
            List<ReadRecord<String, String>> read = next(reader, 20);
            reader.mark(read.get(19));
            group.awaitCommitted(0, 20);
            reader.reset(read.get(5));
        }
        assertEquals(5, group.committed(0));
    }

    @Test
    void aResetOfAPartitionThatIsNotHereIsReported() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        group.produce(1);
        try (GroupReader<String, String> reader = group.reader("a").build();
                EventStream errors = reader.errors()) {
            reader.start();
            next(reader);
            reader.reset(group.partition(7), 0);
            assertEquals(
                    new GroupEvent.LateResult(new RecordPosition(group.partition(7), 0)),
                    errors.iterator().next());
        }
    }

    @Test
    void beginsAtInitialOffsetsWhereNothingIsCommitted() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        group.produceTo(0, 10);
        group.produceTo(1, 10);
        StartFrom from = new StartFrom.Offsets(Map.of(group.partition(0), 7L), new StartFrom.Latest());
        try (GroupReader<String, String> reader =
                group.reader("a").startFrom(from).start()) {
            List<ReadRecord<String, String>> read = next(reader, 3);
            assertEquals(
                    List.of(7L, 8L, 9L), read.stream().map(ReadRecord::offset).toList());
            assertEquals(Optional.of(10L), reader.initialOffset(group.partition(1)));
            reader.mark(read.get(2));
        }
        group.produceTo(0, 1);
        try (GroupReader<String, String> reader =
                group.reader("b").startFrom(from).start()) {
            assertEquals(10, next(reader).offset(), "a commit counts more");
        }
    }

    @Test
    void tellsWhereTheLogsEnd() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        group.produceTo(0, 12);
        group.produceTo(1, 3);
        try (GroupReader<String, String> reader = group.reader("a").start()) {
            next(reader);
            Await.until(
                    () -> "high water marks are " + reader.highWaterMarks(),
                    () -> reader.highWaterMarks().equals(Map.of(group.partition(0), 12L, group.partition(1), 3L)));
        }
    }

    @Test
    void handsOutAPoisonPillAndReportsIt() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        IntegerSerializer numbers = new IntegerSerializer();
        StringSerializer strings = new StringSerializer();
        KAFKA.cluster().produce(List.of(new ProducerRecord<>(group.topic(), "k", 1)), strings, numbers);
        KAFKA.cluster().produce(group.topic(), "k", "no number");
        KAFKA.cluster().produce(List.of(new ProducerRecord<>(group.topic(), "k", 3)), strings, numbers);

        try (GroupReader<String, Integer> reader = GroupReader.builder(
                                StringDeserializer::new, IntegerDeserializer::new)
                        .group(group.name())
                        .topics(group.topic())
                        .timing(TestGroup.TIMING)
                        .kafka(Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers()))
                        .build();
                EventStream errors = reader.errors()) {
            reader.start();
            List<Integer> sum = new ArrayList<>();
            for (ReadRecord<String, Integer> read : reader.records()) {
                read.failure()
                        .ifPresentOrElse(
                                poison -> {}, () -> sum.add(read.record().value()));
                reader.mark(read);
                if (read.offset() == 2) {
                    break;
                }
            }
            assertEquals(List.of(1, 3), sum);
            GroupEvent.DecodeFailed failed = assertInstanceOf(
                    GroupEvent.DecodeFailed.class, errors.iterator().next());
            assertEquals(new RecordPosition(group.partition(0), 1), failed.record());
            assertInstanceOf(DecodeException.class, failed.cause());
            group.awaitCommitted(0, 3);
        }
    }

    @Test
    void closingTheReaderEndsALoopThatWaits() throws Exception {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        group.produce(1);
        GroupReader<String, String> reader = group.reader("a").start();
        reader.mark(next(reader));
        FutureTask<Integer> loop = new FutureTask<>(() -> {
            int count = 0;
            for (ReadRecord<String, String> read : reader.records()) {
                count++;
            }
            return count;
        });
        Thread thread = new Thread(loop);
        thread.start();
        Await.until("the loop waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        assertTrue(reader.close(Duration.ofSeconds(60)));
        assertEquals(0, loop.get(60, TimeUnit.SECONDS));
        assertEquals(1, group.committed(0));
        assertThrows(IllegalStateException.class, reader::commit);
        assertFalse(reader.records().iterator().hasNext());
    }

    @Test
    void aFailureThatStopsTheReaderComesOutOfTheLoop() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        try (GroupReader<String, String> reader = group.reader("a")
                .topics("no-such-topic")
                .missingTopics(MissingTopics.FAIL)
                .start()) {
            Iterator<ReadRecord<String, String>> loop = reader.records().iterator();
            ConsumerFailedException failure = assertThrows(ConsumerFailedException.class, loop::hasNext);
            assertTrue(failure.getMessage().contains("no-such-topic"), failure::getMessage);
            assertEquals(failure.kind(), reader.failure().orElseThrow().kind());
        }
    }

    @Test
    void saysWhatIsMissing() {
        GroupReaderBuilder<String, String> builder =
                GroupReader.builder(StringDeserializer::new, StringDeserializer::new);
        assertEquals(
                "group is missing; name one with group(…)",
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
        builder.group("readers").topics("orders");
        assertTrue(assertThrows(IllegalArgumentException.class, builder::build)
                .getMessage()
                .startsWith("bootstrap.servers is missing for group readers"));
        builder.kafka(Map.of("bootstrap.servers", "localhost:1"));
        try (GroupReader<String, String> reader = builder.build()) {
            assertEquals(
                    "reader readers is not started; call start() first",
                    assertThrows(IllegalStateException.class, reader::records).getMessage());
            assertThrows(IllegalStateException.class, reader::partitions);
            assertThrows(IllegalStateException.class, reader::commit);
        }
        IllegalArgumentException negative = assertThrows(
                IllegalArgumentException.class,
                () -> new StartFrom.Offsets(Map.of(new TopicPartition("t", 0), -2L), new StartFrom.Earliest()));
        assertTrue(negative.getMessage().startsWith("the initial offset of t-0 is -2"), negative::getMessage);
        assertNull(negative.getCause());
    }
}
