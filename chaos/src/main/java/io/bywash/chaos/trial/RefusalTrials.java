package io.bywash.chaos.trial;

import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.process.Patience;
import io.bywash.chaos.secured.InstalledWorker;
import io.bywash.chaos.secured.SecretSearch;
import io.bywash.chaos.secured.Secrets;
import io.bywash.chaos.secured.SecuredBroker;
import io.bywash.chaos.trial.SecuredRun.Access;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.testkit.tls.TestCertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Workers that are not let in, or do not let themselves in. */
final class RefusalTrials {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private RefusalTrials() {}

    /**
     * A way not to be let in.
     *
     * @param access how the worker connects
     * @param code what it ends with
     * @param reason what its output says
     */
    private record Refusal(String name, Access access, ExitCode code, String reason) {}

    /** Each ends in time, with the code of what is wrong, says so, was never ready, and tells no secret. */
    static Verdict refused(Stage stage, Share share) throws IOException {
        Path directory = Files.createTempDirectory(stage.directory(), stage.name("refused") + "-");
        Secrets secrets = new Secrets();
        List<String> findings = new ArrayList<>();
        try (SecuredBroker broker = SecuredBroker.start(secrets)) {
            broker.kafka().createTopic("refused", 1);
            List<Refusal> all = refusals(broker, secrets, directory).stream()
                    .limit(share.faults())
                    .toList();
            List<InstalledWorker> workers = new ArrayList<>();
            try {
                for (Refusal refusal : all) {
                    workers.add(start(refusal, broker, secrets, directory));
                }
                for (int i = 0; i < workers.size(); i++) {
                    judge(all.get(i), workers.get(i), directory, findings);
                }
            } finally {
                workers.forEach(worker -> worker.process().close());
            }
            SecretSearch search = new SecretSearch(secrets, List.of());
            search.files(directory);
            findings.addAll(search.hits());
            return Verdict.of(all.size(), findings);
        } catch (GeneralSecurityException e) {
            throw new IOException("this JVM cannot do TLS or RSA", e);
        }
    }

    private static List<Refusal> refusals(SecuredBroker broker, Secrets secrets, Path directory) throws IOException {
        TestCertificateAuthority right = broker.authority();
        TestCertificateAuthority other = TestCertificateAuthority.create("Another authority");
        TestCertificateAuthority expired = right.validUntil(Instant.now().minusSeconds(60));
        return List.of(
                new Refusal(
                        "wrong authority",
                        Keys.password("PASSWORD", secrets.password(), other, folder(directory, "authority")),
                        ExitCode.BROKER,
                        "unable to find valid certification path"),
                new Refusal(
                        "wrong host",
                        Keys.trustOnly("ELSEWHERE", right, folder(directory, "host")),
                        ExitCode.BROKER,
                        "localhost"),
                new Refusal(
                        "expired certificate of the broker",
                        Keys.trustOnly("EXPIRED", right, folder(directory, "broker")),
                        ExitCode.BROKER,
                        "validity check failed"),
                new Refusal(
                        "wrong password",
                        Keys.password("PASSWORD", secrets.wrongPassword(), right, folder(directory, "password")),
                        ExitCode.BROKER,
                        "SCRAM-SHA-512"),
                new Refusal(
                        "expired certificate of the worker",
                        Keys.certificate(
                                expired.client(SecuredBroker.USER),
                                right.certificatePem(),
                                folder(directory, "client")),
                        ExitCode.CONFIGURATION,
                        "expired"));
    }

    private static Path folder(Path directory, String name) throws IOException {
        return Files.createDirectories(directory.resolve("secrets").resolve(name));
    }

    private static InstalledWorker start(Refusal refusal, SecuredBroker broker, Secrets secrets, Path directory)
            throws IOException {
        String bootstrap = broker.kafka().bootstrapServers(refusal.access().door());
        String file = refusal.name().replace(' ', '-');
        return InstalledWorker.start(
                new InstalledWorker.Work("refused", "refused", Map.of("bootstrap.servers", bootstrap)),
                refusal.access().auth(),
                secrets,
                directory.resolve(file + ".journal"),
                directory.resolve(file + ".log"));
    }

    private static void judge(Refusal refusal, InstalledWorker worker, Path directory, List<String> findings)
            throws IOException {
        Patience.await(
                LIMIT,
                () -> {
                    if (worker.isReady()) {
                        findings.add(refusal.name() + ": the worker was ready");
                    }
                    return !worker.process().isAlive();
                },
                () -> refusal.name() + ": the end of the worker");
        if (worker.process().exitCode() != refusal.code().code()) {
            findings.add(refusal.name() + ": exit code " + worker.process().exitCode());
        }
        String log = Files.readString(directory.resolve(refusal.name().replace(' ', '-') + ".log"));
        if (!log.contains(refusal.reason())) {
            findings.add(refusal.name() + ": the log does not say '" + refusal.reason() + "'");
        }
    }
}
