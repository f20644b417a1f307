package io.bywash.simulation;

import io.bywash.core.GroupConsumer;
import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.GroupMemberBuilder;
import io.bywash.core.GroupReader;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.settings.Ordering;
import io.bywash.simulation.cluster.AssignmentProtocol;
import io.bywash.simulation.cluster.SimClients;
import io.bywash.simulation.oracle.Invariant;
import io.bywash.simulation.oracle.Terms;
import io.bywash.simulation.schedule.SimRunner;
import io.bywash.simulation.schedule.Stage;
import io.bywash.simulation.workload.Application;
import io.bywash.simulation.workload.Nature;
import io.bywash.simulation.workload.PendingCalls;
import io.bywash.simulation.workload.Taking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A process with one consumer of the real engine, from its start to its end. */
final class SimProcess {
    private static final Duration SLACK = Duration.ofMillis(500);

    /** Fixed, so that a seed means the same on every machine. */
    private static final int PROCESSORS = 2;

    private final String name;
    private final World world;
    private final Operator operator;
    private final Optional<String> instance;
    private final Participant consumer;
    private final PendingCalls calls;
    private final SimRunner runner;
    private final Witness witness;
    private Optional<Long> closedBy = Optional.empty();
    private boolean crashed;
    private boolean succeeded;
    private boolean mayBeFenced;

    SimProcess(String name, Optional<String> instance, World world, Ordering ordering, Operator operator) {
        this.name = name;
        this.instance = instance;
        this.world = world;
        this.operator = operator;
        Stage stage = world.stage();
        this.calls = new PendingCalls(name, stage, world.script(), world.oracle());
        this.runner = new SimRunner(stage.scheduler(), stage.clock(), stage.chance(), calls::interrupt);
        Scenario scenario = world.scenario();
        world.oracle().joins(name, scenario.terms().with(ordering));
        this.consumer = scenario.taking() == Taking.HANDLERS ? handling(ordering) : reading();
        this.witness = new Witness(consumer, how -> world.oracle().report(Invariant.I8, name + ": " + how));
    }

    private Participant handling(Ordering ordering) {
        Scenario scenario = world.scenario();
        GroupConsumerBuilder builder = GroupConsumer.builder()
                .failures(scenario.terms().failures())
                .ordering(ordering)
                .batching(scenario.batching());
        scenario.topics()
                .keySet()
                .forEach(topic -> builder.handler(topic, world.handlers().of(name, topic, world.oracle())));
        return new HandlingParticipant(told(builder).build());
    }

    private Participant reading() {
        Set<String> topics = world.scenario().topics().keySet();
        GroupReader<String, Nature> reader = told(GroupReader.builder(
                        StringDeserializer::new, () -> Nature.deserializer(topics)))
                .build();
        Application application =
                world.scenario().taking().application(name, world.stage(), world.script(), world.oracle(), reader);
        return new ReadingParticipant(reader, application, world.stage().scheduler());
    }

    /** Tells a builder what is the same for every kind of member. */
    private <B extends GroupMemberBuilder<B>> B told(B builder) {
        Scenario scenario = world.scenario();
        return builder.group(Terms.GROUP)
                .name(name)
                .topics(scenario.topics().keySet().toArray(String[]::new))
                .timing(scenario.terms().timing())
                .buffers(scenario.buffers())
                .kafka(properties(scenario.group().protocol()))
                .listener(this::hear)
                .environment(environment());
    }

    private Map<String, Object> properties(AssignmentProtocol protocol) {
        Map<String, Object> properties = new TreeMap<>(protocol.properties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "simulated:9092");
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 30_000);
        instance.ifPresent(id -> properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
        return properties;
    }

    private Environment environment() {
        Stage stage = world.stage();
        return new Environment(
                stage.clock().ticker(),
                stage.clock().instants(),
                stage.scheduler(),
                runner,
                runner,
                calls,
                stage.chance().generator(),
                PROCESSORS,
                new SimClients(name, world.cluster()));
    }

    private void hear(GroupEvent event) {
        world.stage().trace().note(name, brief(event));
        world.oracle().event(name, event);
        witness.hear(event);
        if (event instanceof GroupEvent.PartitionHalted halted) {
            operator.halted(this, halted.at());
        }
    }

    /** Leaves out sets, whose order is not the same on every JVM. */
    private static String brief(GroupEvent event) {
        boolean holdsSet = event instanceof GroupEvent.RebalanceStarted
                || event instanceof GroupEvent.RebalanceCompleted
                || event instanceof GroupEvent.RebalanceFailed
                || event instanceof GroupEvent.PartitionStalled;
        return holdsSet ? event.getClass().getSimpleName() : event.toString();
    }

    void start() {
        world.stage().trace().note(name, "started");
        consumer.start();
    }

    void stop(Duration timeout) {
        world.stage().trace().note(name, "stopped, within " + timeout);
        world.oracle().stopping(name, timeout);
        // A commit under way keeps the time-out it was given.
        Duration most = world.oracle().isCommitting(name)
                ? timeout.plus(world.scenario().terms().timing().drainTimeout())
                : timeout;
        closedBy = Optional.of(world.stage().clock().now() + most.plus(SLACK).toNanos());
        consumer.stop(timeout);
    }

    /** Ends in the middle of everything. What was sent is on its way, and the group does not know yet. */
    void crash() {
        world.stage().trace().note(name, "crashes");
        crashed = true;
        runner.crash();
        consumer.crash();
        calls.crash();
        world.script().crashed(name);
        world.cluster().crashed(name);
        world.oracle().crashed(name);
    }

    String name() {
        return name;
    }

    /**
     * Another begins in its place, so that it has to end once it learns of that. If it was taken for dead before, it may come back after
     * the other and put an end to that.
     */
    void meetsSuccessor(SimProcess successor) {
        world.stage().trace().note(name, "has a rival");
        succeeded = true;
        mayBeFenced = true;
        successor.mayBeFenced = true;
    }

    /** Tells whether it goes on although another has begun in its place. */
    boolean isSucceeded() {
        return succeeded && !isOver();
    }

    Participant consumer() {
        return consumer;
    }

    boolean isOver() {
        return crashed || consumer.state().isFinal();
    }

    boolean isRunning() {
        return !crashed && consumer.state() == ConsumerState.RUNNING && closedBy.isEmpty();
    }

    /** Returns what goes on although the process is over: steps of the engine, and clients that it has not closed. */
    List<String> leftOvers() {
        List<String> left = new ArrayList<>();
        if (!crashed) {
            runner.works().forEach(work -> left.add(work.name()));
            left.addAll(world.cluster().open(name));
            if (!consumer.isAtRest()) {
                left.add("application");
            }
        }
        return left;
    }

    /** Takes note that nothing of the process goes on any more. */
    void rest() {
        List<String> left = leftOvers();
        if (!left.isEmpty()) {
            world.oracle().report(Invariant.I12, name + " is over, but not " + left);
        }
        if (!crashed) {
            world.oracle().ended(name);
        }
    }

    /** Reports what the oracle cannot see: an end that nothing called for, and one that does not come. */
    void look() {
        if (crashed) {
            return;
        }
        witness.look();
        if (consumer.state() == ConsumerState.FAILED) {
            ConsumerFailedException failure = consumer.failure().orElseThrow();
            boolean fenced = mayBeFenced && failure.kind() == ConsumerFailedException.Kind.FENCED;
            if (!fenced && failure.kind() != ConsumerFailedException.Kind.HANDLER) {
                world.oracle().report(Invariant.I12, name + " failed: " + failure);
            }
        } else if (isOver() && closedBy.isEmpty()) {
            world.oracle().report(Invariant.I12, name + " is " + consumer.state() + ", which nobody wanted");
        } else if (!isOver()
                && closedBy.filter(end -> end < world.stage().clock().now()).isPresent()) {
            world.oracle().report(Invariant.I13, name + " is still " + consumer.state());
        }
    }
}
