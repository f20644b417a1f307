package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.handover.Journal.Entry;
import io.bywash.benchmarks.run.ClassPath;
import io.bywash.benchmarks.run.JavaProcess;
import io.bywash.benchmarks.subject.Contestant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One member of a group, in a process of its own. */
final class Member implements AutoCloseable {
    private final Path path;
    private final Process process;

    /**
     * The group a member joins.
     *
     * @param contestant how it consumes
     * @param bootstrap the broker
     * @param topic the topic
     * @param name the group's name
     * @param session after which silence a member is taken for dead
     * @param rehearsal the topic it consumes before that
     */
    record Group(
            Contestant contestant, String bootstrap, String topic, String name, Duration session, Rehearsal rehearsal) {

        /**
         * What a process handles before it joins, so that what a JVM that starts takes of the machine is not taken for what a rebalance
         * costs.
         *
         * @param topic a topic that is full
         * @param records how many records it holds
         */
        record Rehearsal(String topic, int records) {}
    }

    private Member(Path path, Process process) {
        this.path = path;
        this.process = process;
    }

    /** Starts a process, which rehearses by itself, in a group of that name. */
    static Member start(Group group, String rehearsing, Path path) throws IOException {
        Process process = JavaProcess.start(
                ClassPath.of(group.contestant().way()),
                MemberMain.class,
                List.of(
                        group.contestant().way().name(),
                        Integer.toString(group.contestant().concurrency()),
                        group.bootstrap(),
                        group.topic(),
                        group.name(),
                        Long.toString(group.session().toMillis()),
                        path.toString(),
                        group.rehearsal().topic(),
                        Integer.toString(group.rehearsal().records()),
                        rehearsing));
        return new Member(path, process);
    }

    /** Waits for the end of the rehearsal. */
    void awaitReady() throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!MemberMain.READY.equals(output.readLine())) {
            throw new IOException("a member ended in its rehearsal; its messages stand above");
        }
    }

    /** Lets it join the group. */
    void join() throws IOException {
        OutputStream orders = process.getOutputStream();
        orders.write('\n');
        orders.flush();
    }

    /** Ends the process as a power failure would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Returns what was handled so far. */
    List<Entry> handled() throws IOException {
        return Files.exists(path) ? Journal.read(path) : List.of();
    }

    @Override
    public void close() {
        JavaProcess.end(process);
    }
}
