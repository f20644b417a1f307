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
import java.util.Set;
import java.util.TreeSet;

/** Workers that are not let in, or do not let themselves in. */
final class RefusalTrials {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Longer, so that all of them are judged. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private RefusalTrials() {}

    /**
     * A way not to be let in.
     *
     * @param access how the worker connects
     * @param code what it ends with
     * @param reason what its output says
     */
    record Refusal(String name, Access access, ExitCode code, String reason) {}

    /**
     * How a worker ended that was not let in.
     *
     * @param code what it ended with
     * @param lasted how long it ran
     * @param log its output
     */
    record Outcome(int code, Duration lasted, String log) {}

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
                findings.addAll(awaitEnds(all, workers));
                for (int i = 0; i < workers.size(); i++) {
                    findings.addAll(judge(all.get(i), outcome(all.get(i), workers.get(i), directory)));
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
        return InstalledWorker.start(
                new InstalledWorker.Work("refused", "refused", Map.of("bootstrap.servers", bootstrap)),
                refusal.access().auth(),
                secrets,
                file(refusal, directory, ".journal"),
                file(refusal, directory, ".log"));
    }

    private static Path file(Refusal refusal, Path directory, String kind) {
        return directory.resolve(refusal.name().replace(' ', '-') + kind);
    }

    /** Waits until all have ended; tells who was ready meanwhile. */
    private static Set<String> awaitEnds(List<Refusal> all, List<InstalledWorker> workers) {
        Set<String> ready = new TreeSet<>();
        Patience.await(
                PATIENCE,
                () -> {
                    for (int i = 0; i < workers.size(); i++) {
                        if (workers.get(i).isReady()) {
                            ready.add(all.get(i).name() + ": the worker was ready");
                        }
                    }
                    return workers.stream().noneMatch(worker -> worker.process().isAlive());
                },
                () -> "the ends of all workers that are not let in");
        return ready;
    }

    private static Outcome outcome(Refusal refusal, InstalledWorker worker, Path directory) throws IOException {
        return new Outcome(
                worker.process().exitCode(),
                worker.process().lasted(),
                Files.readString(file(refusal, directory, ".log")));
    }

    /** What is wrong with the end of a worker. */
    static List<String> judge(Refusal refusal, Outcome outcome) {
        List<String> findings = new ArrayList<>();
        if (outcome.lasted().compareTo(LIMIT) > 0) {
            findings.add(refusal.name() + ": the worker ended only after "
                    + outcome.lasted().toSeconds() + " s");
        }
        if (outcome.code() != refusal.code().code()) {
            findings.add(refusal.name() + ": exit code " + outcome.code());
        }
        if (!outcome.log().contains(refusal.reason())) {
            findings.add(refusal.name() + ": the log does not say '" + refusal.reason() + "'");
        }
        return findings;
    }
}
