package io.bywash.chaos.trial;

import io.bywash.chaos.cluster.Cluster;
import io.bywash.chaos.load.Mix;
import io.bywash.chaos.oracle.Fault;
import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.process.Patience;
import io.bywash.chaos.worker.Mark;
import io.bywash.chaos.worker.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Poison, with a dead-letter topic that refuses it. */
final class RecordTrials {
    private static final int POISONED = 10;
    private static final Duration REFUSAL = Duration.ofMillis(2_500);
    private static final Mix TENTH_POISON =
            number -> number % POISONED == POISONED - 1 ? Task.poison(number) : Task.ordinary(number);

    private RecordTrials() {}

    /** The brokers deny the write, have too few replicas for it, or find it too large, in turn. */
    static Verdict poison(Stage stage, Share share) throws IOException {
        Plan plan =
                Plan.of(stage.name("poison"), share.protocol(), TENTH_POISON).with(Plan.Times.LONG_SESSION);
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster("a", "b", "c");
            List<Refusal> refusals = refusals(stage.cluster(), run.letters());
            for (int i = 0; i < share.faults(); i++) {
                Refusal refusal = refusals.get(i % refusals.size());
                refusal.begin.run();
                run.fault(refusal.name);
                Patience.pass(REFUSAL);
                refusal.end.run();
                run.faultOver();
                run.awaitProgress();
            }
            Verdict verdict = run.conclude(share.records());
            return Demands.refusedLetters(run.crew().count(Mark.LETTER_REFUSED), Demands.noRepetition(verdict));
        }
    }

    private record Refusal(String name, Runnable begin, Runnable end) {}

    private static List<Refusal> refusals(Cluster cluster, String letters) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, letters);
        AclBinding denied = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, letters, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", AclOperation.WRITE, AclPermissionType.DENY));
        return List.of(
                new Refusal(
                        "ACL denied",
                        () -> cluster.answer(
                                cluster.admin().createAcls(List.of(denied)).all()),
                        () -> cluster.answer(cluster.admin()
                                .deleteAcls(List.of(denied.toFilter()))
                                .all())),
                new Refusal(
                        "too few in-sync replicas",
                        () -> cluster.configure(topic, Map.of("min.insync.replicas", "4")),
                        () -> cluster.configure(topic, Map.of("min.insync.replicas", "2"))),
                new Refusal(
                        Fault.TOO_LARGE,
                        () -> cluster.configure(topic, Map.of("max.message.bytes", "100")),
                        () -> cluster.configure(topic, Map.of("max.message.bytes", "1048588"))));
    }
}
