package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.handover.Journal.Entry;
import io.bywash.benchmarks.run.ClassPath;
import io.bywash.benchmarks.run.JavaProcess;
import io.bywash.benchmarks.subject.Contestant;
import java.io.IOException;
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
     */
    record Group(Contestant contestant, String bootstrap, String topic, String name, Duration session) {}

    private Member(Path path, Process process) {
        this.path = path;
        this.process = process;
    }

    static Member join(Group group, Path path) throws IOException {
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
                        path.toString()));
        return new Member(path, process);
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
