package io.bywash.chaos.trial;

import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.process.Patience;
import io.bywash.chaos.secured.SecuredBroker;
import io.bywash.testkit.tls.TestCertificateAuthority;
import io.bywash.testkit.tls.TestIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Certificates, passwords, permissions and tokens that change or go while workers run. */
final class SecurityTrials {
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(6);

    /** Everything is logged, which takes its time. */
    private static final long MOST_RECORDS = 5_000;

    /** How the names of groups begin that keep how far letters were sent back. */
    private static final String REDRIVES = "bywash.redrive.";

    private SecurityTrials() {}

    /** Everything that both sides know of each other is replaced, by an authority of its own each time. Nothing is handled twice. */
    static Verdict rotated(Stage stage, Share share) throws IOException {
        List<String> keys = new ArrayList<>();
        try (SecuredRun run = SecuredRun.open(stage, "rotated", share.protocol(), Keys::certificate)) {
            allow(run, "CN=" + SecuredBroker.USER);
            run.muster();
            TestCertificateAuthority old = run.broker().authority();
            for (int i = 1; i <= share.faults(); i++) {
                TestCertificateAuthority next = TestCertificateAuthority.create("Authority " + i);
                TestIdentity client = next.client(SecuredBroker.USER);
                keys.add(client.privateKeyPem().lines().skip(1).findFirst().orElseThrow());
                rotate(run, old, next, client);
                old = next;
            }
            return Demands.noRepetition(run.conclude(records(share), keys));
        }
    }

    private static void rotate(
            SecuredRun run, TestCertificateAuthority old, TestCertificateAuthority next, TestIdentity client)
            throws IOException {
        String both = old.certificatePem() + next.certificatePem();
        reconfigure(run, Map.of("ssl.truststore.certificates", both, "ssl.truststore.type", "PEM"));
        run.renew(client, both);
        for (String member : SecuredRun.MEMBERS) {
            run.roll(member);
            run.awaitProgress("a new certificate of " + member);
        }
        TestIdentity server = next.server("localhost");
        reconfigure(
                run,
                Map.of(
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.certificate.chain", server.certificatePem(),
                        "ssl.keystore.key", server.privateKeyPem()));
        reconfigure(run, Map.of("ssl.truststore.certificates", next.certificatePem(), "ssl.truststore.type", "PEM"));
        run.fault("certificates of all replaced");
        run.awaitProgress("a new certificate of the broker");
    }

    private static void reconfigure(SecuredRun run, Map<String, String> settings) {
        List<AlterConfigOp> changes = settings.entrySet().stream()
                .map(entry -> new ConfigEntry("listener.name.mutual." + entry.getKey(), entry.getValue()))
                .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                .toList();
        answer(run.kafka()
                .admin()
                .incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.BROKER, "1"), changes))
                .all());
    }

    /** The password, the right to read the topic and the right to the group are taken away and given back, in turn. */
    static Verdict revoked(Stage stage, Share share) throws IOException {
        try (SecuredRun run = SecuredRun.open(stage, "revoked", share.protocol(), Keys::password)) {
            List<AclBinding> granted = allow(run, SecuredBroker.USER);
            run.muster();
            for (int i = 0; i < share.faults(); i++) {
                switch (i % 3) {
                    case 0 -> withoutPassword(run);
                    case 1 -> without(run, granted.get(0));
                    default -> without(run, granted.get(1));
                }
            }
            return run.conclude(records(share), List.of());
        }
    }

    private static void withoutPassword(SecuredRun run) {
        answer(run.kafka()
                .admin()
                .alterUserScramCredentials(
                        List.of(new UserScramCredentialDeletion(SecuredBroker.USER, ScramMechanism.SCRAM_SHA_512)))
                .all());
        run.fault("password revoked");
        run.awaitCutOff("a password that is revoked");
        run.kafka().addScramUser(SecuredBroker.USER, run.secrets().password());
        run.faultOver();
        run.awaitProgress("a password that was restored");
    }

    private static void without(SecuredRun run, AclBinding right) {
        answer(run.kafka().admin().deleteAcls(List.of(right.toFilter())).all());
        run.fault("access revoked");
        run.awaitCutOff("a right that is revoked: " + right);
        run.kafka().addAcls(right);
        run.faultOver();
        run.awaitProgress("a right that was restored: " + right);
    }

    /** Nobody issues tokens for as long as two of them are valid. */
    static Verdict withoutIssuer(Stage stage, Share share) throws IOException {
        try (SecuredRun run = SecuredRun.open(stage, "issuer-away", share.protocol(), Keys::token)) {
            run.broker().tokens().tokenLife(TOKEN_LIFE);
            allow(run, SecuredBroker.TOKEN_USER);
            run.muster();
            for (int i = 0; i < share.faults(); i++) {
                run.broker().tokens().goAway();
                run.fault("issuer away");
                Patience.pass(TOKEN_LIFE.multipliedBy(2));
                run.awaitCutOff("an issuer that is away");
                run.broker().tokens().comeBack();
                run.faultOver();
                run.awaitProgress("the issuer was back");
            }
            return run.conclude(records(share), run.broker().tokens().issued());
        }
    }

    private static long records(Share share) {
        return Math.min(MOST_RECORDS, share.records());
    }

    /** All that a worker and its console need: first to read the topic, then its group. */
    private static List<AclBinding> allow(SecuredRun run, String user) {
        List<AclBinding> all = List.of(
                right(user, ResourceType.TOPIC, run.topic(), AclOperation.READ),
                right(user, ResourceType.GROUP, run.topic(), AclOperation.READ),
                right(user, ResourceType.TOPIC, run.letters(), AclOperation.WRITE),
                right(user, ResourceType.TOPIC, run.letters(), AclOperation.READ),
                new AclBinding(
                        new ResourcePattern(ResourceType.GROUP, REDRIVES, PatternType.PREFIXED),
                        access(user, AclOperation.READ)));
        run.kafka().addAcls(all.toArray(AclBinding[]::new));
        return all;
    }

    private static AclBinding right(String user, ResourceType type, String name, AclOperation operation) {
        return new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL), access(user, operation));
    }

    private static AccessControlEntry access(String user, AclOperation operation) {
        return new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW);
    }

    private static void answer(KafkaFuture<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }
}
