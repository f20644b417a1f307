package io.bywash.chaos.trial;

import io.bywash.chaos.load.Mix;
import io.bywash.chaos.oracle.Keeping;
import io.bywash.chaos.worker.CommitText;
import io.bywash.chaos.worker.Memory;
import io.bywash.chaos.worker.Order;
import io.bywash.chaos.worker.Protocol;
import io.bywash.chaos.worker.WorkerOptions;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a run is set up.
 *
 * @param name what it is called
 * @param protocol how the group shares its partitions
 * @param mix what the records are like
 * @param load how many records a second while faults go on, and how they are sent
 * @param route which way the workers reach the brokers
 * @param topicSettings settings of the topic
 * @param timing the times of the workers
 * @param text whether what is complete is committed beside the offsets
 * @param memory how much memory the workers have
 * @param order which records wait for each other
 */
record Plan(
        String name,
        Protocol protocol,
        Mix mix,
        Load load,
        Route route,
        Map<String, String> topicSettings,
        Times timing,
        CommitText text,
        Memory memory,
        Order order) {
    /** How many partitions a topic has. */
    static final int PARTITIONS = 12;

    private static final Load STEADY = new Load(400, Map.of());
    private static final int WORK_MICROS = 1_000;

    /**
     * How records are sent.
     *
     * @param perSecond how many a second while faults go on
     * @param producer properties of the producer
     */
    record Load(int perSecond, Map<String, Object> producer) {}

    /** Which way the workers reach the brokers. */
    enum Route {
        DIRECT,
        PROXIED
    }

    /**
     * The times of the workers, in milliseconds.
     *
     * @param session after how long the group gives up a silent member
     * @param maxPoll Kafka's {@code max.poll.interval.ms}
     * @param drain how long calls may go on when a partition is taken away
     */
    record Times(int session, int maxPoll, int drain) {
        /** Dead members are given up soon. */
        static final Times SHORT_SESSION = new Times(5_000, 60_000, 4_000);
        /** A member that lives is never given up, however slow the machine is. */
        static final Times LONG_SESSION = new Times(30_000, 60_000, 4_000);
    }

    static Plan of(String name, Protocol protocol, Mix mix) {
        return new Plan(
                name,
                protocol,
                mix,
                STEADY,
                Route.DIRECT,
                Map.of(),
                Times.SHORT_SESSION,
                CommitText.KEPT,
                Memory.PLENTY,
                Order.KEY);
    }

    Plan with(Times other) {
        return new Plan(name, protocol, mix, load, route, topicSettings, other, text, memory, order);
    }

    Plan with(Route other) {
        return new Plan(name, protocol, mix, load, other, topicSettings, timing, text, memory, order);
    }

    Plan with(CommitText other) {
        return new Plan(name, protocol, mix, load, route, topicSettings, timing, other, memory, order);
    }

    Plan withTopicSettings(Map<String, String> other) {
        return new Plan(name, protocol, mix, load, route, other, timing, text, memory, order);
    }

    Plan with(Memory other) {
        return new Plan(name, protocol, mix, load, route, topicSettings, timing, text, other, order);
    }

    Plan with(Order other) {
        return new Plan(name, protocol, mix, load, route, topicSettings, timing, text, memory, other);
    }

    Plan withLoad(int perSecond, Map<String, Object> producer) {
        return new Plan(
                name, protocol, mix, new Load(perSecond, producer), route, topicSettings, timing, text, memory, order);
    }

    Keeping keeping() {
        return topicSettings.getOrDefault("cleanup.policy", "delete").contains("compact")
                ? Keeping.LAST_OF_KEY
                : Keeping.EVERYTHING;
    }

    WorkerOptions options(String bootstrap, String member, Path journal) {
        return new WorkerOptions(
                bootstrap,
                name,
                name,
                member,
                journal,
                order,
                protocol,
                timing.session,
                timing.maxPoll,
                timing.drain,
                WORK_MICROS,
                text,
                memory);
    }
}
