package io.bywash.tools.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.Listener;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import io.bywash.tools.ToolException;
import io.bywash.tools.fixture.LetterBox;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A redrive by a user who may do all that it takes, but not know how the brokers are set. */
class RedriveRightsTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(
            EmbeddedKafka.builder().accessControl("User:admin").listener(Listener.plaintext("OPEN")));

    @BeforeAll
    static void grantAllButTheSettingsOfBrokers() {
        KAFKA.cluster()
                .addAcls(Stream.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)
                        .map(type -> new AclBinding(
                                new ResourcePattern(type, ResourcePattern.WILDCARD_RESOURCE, PatternType.LITERAL),
                                new AccessControlEntry(
                                        "User:ANONYMOUS", "*", AclOperation.ALL, AclPermissionType.ALLOW)))
                        .toArray(AclBinding[]::new));
    }

    private static long redrive(LetterBox box, RedriveRequest request) {
        return new Redriver(box.settings())
                .redrive(request, RedriveListener.NONE, () -> false)
                .redriven();
    }

    private static String refusal(LetterBox box, RedriveRequest request) {
        ToolException refused = assertThrows(ToolException.class, () -> redrive(box, request));
        assertEquals(ToolException.Kind.REFUSED, refused.kind());
        assertTrue(refused.getMessage().contains("DESCRIBE_CONFIGS"), refused.getMessage());
        return refused.getMessage();
    }

    /** The letters are a minute old, and the brokers may keep positions for less. */
    @Test
    void aMissingPositionIsLostHoweverYoungTheLetters() throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 2);
        box.send(4, 2);
        assertEquals(4, redrive(box, box.all()));
        box.forget(1);
        String refusal = refusal(box, box.all());
        assertTrue(refusal.contains("no position for 1 partition, "), refusal);
    }

    @Test
    void aPartitionWithoutLettersLosesNothing() throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 2);
        box.send(List.of(box.letter(0, "k", "v", Map.of())));
        assertEquals(1, redrive(box, box.all()));
        box.forget(1);
        assertEquals(0, redrive(box, box.all()));
    }

    @Test
    void lettersGoToTheSourceOnlyIfAskedForOnceMore() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(3, 1);
        refusal(
                box,
                new RedriveRequest(
                        box.only(),
                        LetterFilter.ALL,
                        RedriveScope.PENDING,
                        RedriveTarget.SOURCE,
                        RedriveLimits.DEFAULT));
        RedriveRequest again = new RedriveRequest(
                box.only(), LetterFilter.ALL, RedriveScope.ALL, RedriveTarget.SOURCE, RedriveLimits.DEFAULT);
        assertEquals(3, redrive(box, again));
    }
}
