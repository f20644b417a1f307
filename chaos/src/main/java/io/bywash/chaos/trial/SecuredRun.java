package io.bywash.chaos.trial;

import io.bywash.chaos.cluster.GroupRest;
import io.bywash.chaos.load.Mix;
import io.bywash.chaos.load.Traffic;
import io.bywash.chaos.oracle.Case;
import io.bywash.chaos.oracle.Judge;
import io.bywash.chaos.oracle.Keeping;
import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.process.Patience;
import io.bywash.chaos.secured.InstalledWorker;
import io.bywash.chaos.secured.SecretSearch;
import io.bywash.chaos.secured.Secrets;
import io.bywash.chaos.secured.SecuredBroker;
import io.bywash.chaos.worker.CommitText;
import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Order;
import io.bywash.chaos.worker.Protocol;
import io.bywash.chaos.worker.Task;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.tls.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** One run against a secured broker: a topic, a producer, and two workers as an installation has them. One thread at a time. */
final class SecuredRun implements AutoCloseable {
    static final List<String> MEMBERS = List.of("a", "b");

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(15);
    private static final int PARTITIONS = 4;
    private static final int PER_SECOND = 50;
    private static final int SESSION_MILLIS = 20_000;
    private static final String SECRETS = "secrets";
    private static final int POISONED = 50;
    private static final Mix SOME_POISON =
            number -> number % POISONED == POISONED - 1 ? Task.poison(number) : Task.ordinary(number);

    private final Secrets secrets = new Secrets();
    private final SecuredBroker broker;
    private final String name;
    private final Protocol protocol;
    private final Path directory;
    private final Crew crew;
    private final Map<String, InstalledWorker> workers = new HashMap<>();
    private final FaultLog faults = new FaultLog();
    private final List<String> findings = new ArrayList<>();
    private final Traffic traffic;

    /**
     * How workers connect.
     *
     * @param door the listener
     * @param auth the content of {@code bywash.auth}
     */
    record Access(String door, String auth) {}

    /** Says how workers connect, once the broker and the directory for files are there. */
    @FunctionalInterface
    interface Key {
        Access cut(SecuredBroker broker, Secrets secrets, Path directory) throws IOException;
    }

    private SecuredRun(String name, Protocol protocol, Path directory, Key key)
            throws IOException, GeneralSecurityException {
        this.name = name;
        this.protocol = protocol;
        this.directory = directory;
        broker = SecuredBroker.start(secrets);
        Access access = key.cut(broker, secrets, Files.createDirectories(directory.resolve(SECRETS)));
        createTopics();
        crew = new Crew(directory, (member, journal, log) -> {
            InstalledWorker worker =
                    InstalledWorker.start(work(access.door(), member), access.auth(), secrets, journal, log);
            workers.put(member, worker);
            return worker.process();
        });
        traffic = new Traffic(kafka().bootstrapServers("CLIENT"), name, SOME_POISON, PER_SECOND, Map.of());
    }

    static SecuredRun open(Stage stage, String trial, Protocol protocol, Key key) throws IOException {
        String name = stage.name(trial);
        Path directory = Files.createTempDirectory(stage.directory(), name + "-");
        try {
            return new SecuredRun(name, protocol, directory, key);
        } catch (GeneralSecurityException e) {
            throw new IOException("this JVM cannot do TLS or RSA", e);
        }
    }

    private InstalledWorker.Work work(String door, String member) {
        Map<String, Object> kafka = new HashMap<>(protocol.properties(member, SESSION_MILLIS));
        kafka.put("bootstrap.servers", kafka().bootstrapServers(door));
        kafka.put("request.timeout.ms", 5_000);
        kafka.put("default.api.timeout.ms", 10_000);
        kafka.put("metadata.max.age.ms", 2_000);
        return new InstalledWorker.Work(name, name, kafka);
    }

    private void createTopics() {
        kafka().createTopic(name, PARTITIONS);
        kafka().createTopic(new NewTopic(letters(), 1, (short) 1)
                .configs(Map.of("message.timestamp.type", "LogAppendTime")));
        // Members of the new protocol cannot say it themselves; those of the others do.
        ConfigEntry session = new ConfigEntry("consumer.session.timeout.ms", Integer.toString(SESSION_MILLIS));
        kafka().admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.GROUP, name),
                        List.of(new AlterConfigOp(session, AlterConfigOp.OpType.SET))))
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    SecuredBroker broker() {
        return broker;
    }

    EmbeddedKafka kafka() {
        return broker.kafka();
    }

    Secrets secrets() {
        return secrets;
    }

    String topic() {
        return name;
    }

    String letters() {
        return name + "." + name + ".dlt";
    }

    Crew crew() {
        return crew;
    }

    /** Replaces what workers show and whom they trust; they find out at their next start. */
    void renew(TestIdentity identity, String trusted) throws IOException {
        Keys.certificate(identity, trusted, directory.resolve(SECRETS));
    }

    void finding(String what) {
        findings.add(what);
    }

    void fault(String kind) {
        faults.begin(kind, "");
    }

    /** Notes that what was taken away was given back. */
    void faultOver() {
        faults.over();
    }

    /** Starts all members and waits until they work. */
    void muster() throws IOException {
        for (String member : MEMBERS) {
            crew.start(member);
        }
        Patience.await(START, () -> allReady(), () -> "members of " + name + "; see " + directory);
        awaitProgress("the start");
    }

    /** Tells a member to end and starts it again. */
    void roll(String member) throws IOException {
        crew.process(member).terminate();
        if (!crew.process(member).awaitExit(END)) {
            findings.add("worker " + crew.name(member) + " did not end in time after SIGTERM");
            crew.process(member).kill();
        }
        findings.addAll(crew.withoutCount(List.of(crew.name(member))));
        crew.start(member);
    }

    boolean allReady() {
        return workers.values().stream().allMatch(InstalledWorker::isReady);
    }

    /** Waits until all members are unready and alive. */
    void awaitCutOff(String by) {
        await(
                () -> workers.values().stream().noneMatch(InstalledWorker::isReady)
                        && workers.values().stream().allMatch(InstalledWorker::isLive),
                "members that are unready and alive because of " + by);
    }

    /** Waits until all members are ready, each with its part of the partitions, and a record of every partition has begun after now. */
    void awaitProgress(String after) {
        long now = Line.now();
        await(
                () -> allReady() && isAtRest() && crew.begunSince(now).size() == PARTITIONS,
                "a record of every partition after " + after + ", by members that are ready");
    }

    private boolean isAtRest() throws Exception {
        Map<String, ConsumerGroupDescription> groups =
                kafka().admin().describeConsumerGroups(List.of(name)).all().get();
        ConsumerGroupDescription group = Objects.requireNonNull(groups.get(name));
        return GroupRest.of(group, MEMBERS.size(), PARTITIONS / MEMBERS.size());
    }

    private void await(Callable<Boolean> condition, String what) {
        Patience.await(RECOVERY, condition, () -> what + "; see " + directory);
    }

    /** As {@link Experiment#conclude}; then nobody may have seen a secret. */
    Verdict conclude(long records, List<String> moreSecrets) throws IOException {
        findings.addAll(new CatchUp(kafka().endOffsets(name))
                .await(faults.lastOver(), () -> kafka().committedOffsets(name), () -> "; see " + directory));
        traffic.finish(records);
        Patience.await(RECOVERY, () -> lag() == 0, () -> "lag 0 of " + name + ", which is " + lag());
        SecretSearch search = new SecretSearch(secrets, moreSecrets);
        search.answers(workers.values());
        findings.addAll(crew.dismiss(END, ExitCode.OK.code()));
        Verdict verdict = Judge.judge(
                new Case(
                        kafka().bootstrapServers("CLIENT"),
                        name,
                        name,
                        traffic.acknowledged(),
                        crew.journals(),
                        Keeping.EVERYTHING,
                        CommitText.KEPT,
                        Order.KEY,
                        Set.of(letters()),
                        List.of()),
                faults.all());
        search.files(directory);
        search.records(kafka(), letters());
        findings.addAll(search.hits());
        return verdict.with(findings);
    }

    private long lag() {
        Map<TopicPartition, OffsetAndMetadata> committed = kafka().committedOffsets(name);
        return kafka().endOffsets(name).entrySet().stream()
                .mapToLong(end -> end.getValue()
                        - (committed.containsKey(end.getKey())
                                ? committed.get(end.getKey()).offset()
                                : 0))
                .sum();
    }

    @Override
    public void close() {
        traffic.close();
        crew.close();
        broker.close();
    }
}
