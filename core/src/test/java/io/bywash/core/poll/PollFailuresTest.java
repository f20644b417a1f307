package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.GroupConsumer;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.poll.PollFailures.Verdict;
import io.bywash.handler.TopicHandler;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.login.LoginException;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** Every exception of a poll has a meaning, and those that end the consumer say what to do. */
class PollFailuresTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 3);
    private static final TopicHandler<String, String> NOTHING = (record, context) -> {};

    private final PollFailures failures = under("classic");

    private static PollFailures under(String protocol) {
        return new PollFailures(GroupConsumer.builder()
                .group("billing")
                .topics("orders")
                .kafka(Map.of(
                        "bootstrap.servers", "b:1",
                        "group.protocol", protocol,
                        "group.instance.id", "billing-7",
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "PLAIN",
                        "sasl.jaas.config", "password=hunter2"))
                .handler(HandlerBinding.of(NOTHING, StringDeserializer::new, StringDeserializer::new))
                .build()
                .settings());
    }

    @Test
    void tellsRetentionFromTruncation() {
        assertEquals(
                new Verdict.Reposition(Map.of(PARTITION, 5L)),
                failures.judge(new OffsetOutOfRangeException(Map.of(PARTITION, 5L))));
        assertEquals(
                new Verdict.Truncated(Map.of(PARTITION, 5L)),
                failures.judge(new LogTruncationException(Map.of(PARTITION, 5L), Map.of())));
    }

    @Test
    void triesAgainWhatMayPass() {
        assertInstanceOf(Verdict.TryAgain.class, failures.judge(new TimeoutException("no answer")));
        assertInstanceOf(Verdict.TryAgain.class, failures.judge(new RebalanceInProgressException("later")));
        assertInstanceOf(Verdict.TryAgain.class, failures.judge(new KafkaException("something new")));
    }

    @Test
    void findsThePartitionOfARecordThatCannotBeRead() {
        KafkaException corrupt = new KafkaException(
                "Received exception when fetching the next record from orders-3. If needed, please seek past the record");
        assertEquals(new Verdict.Unreadable("orders-3", corrupt), failures.judge(corrupt));
        KafkaException batch =
                new KafkaException("Record batch for partition orders-3 at offset 7 is invalid, cause: crc");
        assertEquals(new Verdict.Unreadable("orders-3", batch), failures.judge(batch));
    }

    @Test
    void buildsAnewWhatTheGroupHasNotReleased() {
        assertInstanceOf(Verdict.Rebuild.class, failures.judge(new UnreleasedInstanceIdException("not yet")));
    }

    @Test
    void saysWhatWasRefusedAndWhatToDo() {
        refused(new GroupAuthorizationException("billing"), "allow READ on group billing");
        refused(new TopicAuthorizationException(Set.of("orders")), "allow READ and DESCRIBE on topics [orders]");
        refused(new SaslAuthenticationException("wrong"), "check the credentials", "SASL_SSL", "PLAIN");
    }

    @Test
    void aClientOfTheNewProtocolIsNoMemberOnceAHeartbeatWasRefused() {
        PollFailures consumer = under("consumer");
        assertInstanceOf(Verdict.Expelled.class, consumer.judge(new SaslAuthenticationException("wrong")));
        assertInstanceOf(Verdict.Expelled.class, consumer.judge(new GroupAuthorizationException("billing")));
        assertInstanceOf(Verdict.Refused.class, consumer.judge(new TopicAuthorizationException(Set.of("orders"))));
    }

    private void refused(RuntimeException failure, String... parts) {
        ConsumerFailedException refusal = ((Verdict.Refused) failures.judge(failure)).failure();
        assertSays(refusal, Kind.REFUSED, parts);
        assertFalse(refusal.getMessage().contains("hunter2"));
    }

    @Test
    void endsOnWhatNothingCanMend() {
        fatal(new FencedInstanceIdException("fenced"), Kind.FENCED, "billing-7", "give every instance its own");
        fatal(new InconsistentGroupProtocolException("no"), Kind.CONFIGURATION, "partition.assignment.strategy");
        fatal(new InvalidTopicException(Set.of("a b")), Kind.CONFIGURATION, "a b");
        fatal(new UnsupportedVersionException("too old"), Kind.CONFIGURATION, "too old");
        fatal(new IllegalStateException("nobody foresaw"), Kind.SOFTWARE, "nobody foresaw");
        assertSays(failures.unreleased(new UnreleasedInstanceIdException("held")), Kind.FENCED, "billing-7");
    }

    private void fatal(RuntimeException failure, Kind kind, String... parts) {
        assertSays(((Verdict.Fatal) failures.judge(failure)).failure(), kind, parts);
    }

    private static void assertSays(ConsumerFailedException failure, Kind kind, String... parts) {
        assertEquals(kind, failure.kind());
        assertTrue(failure.getMessage().contains("billing"), failure::getMessage);
        for (String part : parts) {
            assertTrue(failure.getMessage().contains(part), failure::getMessage);
        }
    }

    @Test
    void aLoginThatFailsBeforeThereIsAConnectionIsRefused() {
        KafkaException creation = new KafkaException(
                "Failed to construct kafka consumer", new KafkaException(new LoginException("wrong client secret")));
        ConsumerFailedException failure = failures.ofCreation(creation).orElseThrow();
        assertEquals(Kind.REFUSED, failure.kind());
        assertTrue(failure.getMessage().endsWith("cannot be created: wrong client secret"), failure.getMessage());
    }

    @Test
    void aPropertyThatMakesNoClientIsAConfiguration() {
        KafkaException creation = new KafkaException("Failed", new ConfigException("no such assignor"));
        assertEquals(
                Kind.CONFIGURATION, failures.ofCreation(creation).orElseThrow().kind());
    }

    @Test
    void aNameThatDoesNotResolveMayDoSoLater() {
        KafkaException creation =
                new KafkaException("Failed", new ConfigException("No resolvable bootstrap urls given"));
        assertEquals(Optional.empty(), failures.ofCreation(creation));
    }
}
