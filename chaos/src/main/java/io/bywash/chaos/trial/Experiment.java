package io.bywash.chaos.trial;

import io.bywash.chaos.cluster.Cluster;
import io.bywash.chaos.load.Produced;
import io.bywash.chaos.load.Traffic;
import io.bywash.chaos.oracle.Case;
import io.bywash.chaos.oracle.Cut;
import io.bywash.chaos.oracle.Judge;
import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.process.ChildJvm;
import io.bywash.chaos.process.Patience;
import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Protocol;
import io.bywash.chaos.worker.WorkerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;

/** One run: a topic, a producer, workers, and what is done to them. One thread at a time. */
final class Experiment implements AutoCloseable {
    /** How long it may take until all that is there is handled and committed. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** What Java ends with after SIGTERM, if nothing in it has asked for another code. */
    private static final int TERMINATED = 128 + 15;

    private final Plan plan;
    private final Cluster cluster;
    private final Crew crew;
    private final Traffic traffic;
    private final FaultLog faults = new FaultLog();
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Produced> written = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final int partitions;

    private Experiment(Plan plan, Stage stage, Path directory) throws IOException {
        this.plan = plan;
        cluster = stage.cluster();
        partitions = Plan.PARTITIONS;
        createTopic();
        // The broker's time on a letter is when it was acknowledged; the producer's would be when it was tried first.
        cluster.createTopic(letters(), 1, Map.of("message.timestamp.type", "LogAppendTime"));
        if (plan.protocol() == Protocol.CONSUMER) {
            cluster.configure(
                    new ConfigResource(ConfigResource.Type.GROUP, plan.name()),
                    Map.of(
                            "consumer.session.timeout.ms",
                            Integer.toString(plan.timing().session())));
        }
        String bootstrap = plan.route() == Plan.Route.PROXIED ? cluster.proxiedBootstrap() : cluster.bootstrap();
        crew = new Crew(
                directory,
                (member, journal, log) -> ChildJvm.start(
                        WorkerMain.class,
                        plan.memory().heap(),
                        log,
                        plan.options(bootstrap, member, journal).arguments()));
        traffic = new Traffic(
                cluster.bootstrap(),
                plan.name(),
                plan.mix(),
                plan.load().perSecond(),
                plan.load().producer());
    }

    /** Sets a run up. */
    static Experiment open(Stage stage, Plan plan) throws IOException {
        Path directory = Files.createTempDirectory(stage.directory(), plan.name() + "-");
        return new Experiment(plan, stage, directory);
    }

    /** Creates the topic, or does so anew; returns its id. */
    final Uuid createTopic() {
        return cluster.createTopic(plan.name(), partitions, plan.topicSettings());
    }

    /** Starts members and waits until each has its part of the partitions, and works on it. */
    void muster(String... members) throws IOException {
        for (String member : members) {
            crew.start(member);
        }
        awaitRest();
    }

    /** Waits until each member that runs has its part of the partitions, and works on it. */
    void awaitRest() {
        Patience.await(
                START,
                () -> {
                    // Looked at anew each time, since one that was told to end may still be about to.
                    int members = crew.living().size();
                    return members > 0 && cluster.isAtRest(plan.name(), members, partitions / members);
                },
                () -> "all members of " + plan.name() + crew.lastWords());
        awaitProgress();
    }

    Crew crew() {
        return crew;
    }

    Traffic traffic() {
        return traffic;
    }

    String topic() {
        return plan.name();
    }

    String letters() {
        return plan.name() + "." + plan.name() + ".dlt";
    }

    /** Notes a fault that hits no worker. */
    void fault(String kind) {
        fault(kind, "");
    }

    /** Notes a fault that hits a process of a worker. */
    void fault(String kind, String process) {
        faults.begin(kind, process);
    }

    /**
     * Notes that the last fault is over. From then on the group has its time to recover: before, it cannot, be it that a broker is
     * away, that a member stands still or that an operator has to say where a partition goes on.
     */
    void faultOver() {
        faults.over();
    }

    /** Notes that a log was replaced. */
    void cut(Cut cut) {
        cuts.add(cut);
    }

    /** Notes a record that was written beside the traffic, and acknowledged. */
    void written(Produced record) {
        written.add(record);
    }

    void finding(String what) {
        findings.add(what);
    }

    /** Waits until a record of every partition has begun after a time. */
    void awaitProgress(long sinceMicros) {
        Patience.await(
                RECOVERY,
                () -> crew.begunSince(sinceMicros).size() >= partitions,
                () -> "a record of every partition of " + plan.name() + crew.lastWords());
    }

    /** Waits until every partition has gone on after now. */
    void awaitProgress() {
        awaitProgress(Line.now());
    }

    /** Waits until all partitions but one have gone on after now. */
    void awaitProgressBeside(int halted) {
        long now = Line.now();
        Patience.await(
                RECOVERY,
                () -> {
                    Set<Integer> begun = crew.begunSince(now);
                    begun.remove(halted);
                    return begun.size() >= partitions - 1;
                },
                () -> "a record of every partition of " + plan.name() + " but " + halted + crew.lastWords());
    }

    /** Whether every partition has a commit with something in its text. */
    boolean commitsTell(String what) {
        Collection<OffsetAndMetadata> commits = committed().values();
        return commits.size() == partitions
                && commits.stream().allMatch(commit -> commit.metadata().contains(what));
    }

    /** The committed offset of a partition; 0 if there is none. */
    long committed(TopicPartition partition) {
        return offset(committed(), partition);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        return cluster.answer(
                cluster.admin().listConsumerGroupOffsets(plan.name()).partitionsToOffsetAndMetadata());
    }

    /**
     * Waits until what is there is committed, produces what is missing, waits until that is committed as well, stops the workers and
     * asks the oracle.
     */
    Verdict conclude(long records) throws IOException {
        findings.addAll(new CatchUp(ends()).await(faults.lastOver(), this::committed, crew::lastWords));
        traffic.finish(records);
        awaitCommitted();
        findings.addAll(crew.dismiss(Duration.ofMillis(plan.timing().drain()).plus(GRACE), TERMINATED));
        Verdict verdict = Judge.judge(
                new Case(
                        cluster.bootstrap(),
                        plan.name(),
                        plan.name(),
                        Stream.concat(traffic.acknowledged().stream(), written.stream())
                                .toList(),
                        crew.journals(),
                        plan.keeping(),
                        plan.text(),
                        plan.order(),
                        cluster.answer(cluster.admin().listTopics().names()),
                        cuts),
                faults.all());
        return verdict.with(findings);
    }

    private void awaitCommitted() {
        long begin = System.nanoTime();
        Patience.await(
                START, () -> lag() == 0, () -> "lag 0 of " + plan.name() + ", which is " + lag() + crew.lastWords());
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (took.compareTo(RECOVERY) > 0) {
            findings.add("lag 0 only after " + took.toSeconds() + " s");
        }
    }

    /** How many records lie between what is committed and the ends. */
    long lag() {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        return ends().entrySet().stream()
                .mapToLong(end -> Math.abs(end.getValue() - offset(committed, end.getKey())))
                .sum();
    }

    private Map<TopicPartition, Long> ends() {
        Map<TopicPartition, OffsetSpec> all = cluster.partitionsOf(plan.name()).stream()
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return cluster.answer(cluster.admin().listOffsets(all).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static long offset(Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
        OffsetAndMetadata offset = committed.get(partition);
        return offset == null ? 0 : offset.offset();
    }

    @Override
    public void close() {
        traffic.close();
        crew.close();
    }
}
