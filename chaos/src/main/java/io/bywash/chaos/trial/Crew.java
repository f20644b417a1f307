package io.bywash.chaos.trial;

import io.bywash.chaos.oracle.JournalFile;
import io.bywash.chaos.oracle.Position;
import io.bywash.chaos.process.ChildJvm;
import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The workers of a run. A member may have several processes, one after the other. One thread at a time. */
final class Crew implements AutoCloseable {
    private static final int LAST_LINES = 30;

    private final Path directory;
    private final Launcher launcher;
    private final Map<String, Worker> workers = new LinkedHashMap<>();
    private final List<JournalFile> journals = new ArrayList<>();
    private final List<Worker> all = new ArrayList<>();

    /** A process of a member. */
    private record Worker(String name, ChildJvm process, Path log) {}

    /** Starts processes. */
    @FunctionalInterface
    interface Launcher {
        /** Starts one for a member, which writes these files. */
        ChildJvm launch(String member, Path journal, Path log) throws IOException;
    }

    Crew(Path directory, Launcher launcher) {
        this.directory = directory;
        this.launcher = launcher;
    }

    void start(String member) throws IOException {
        String name = member + "-" + journals.size();
        Path journal = directory.resolve(name + ".journal");
        Path log = directory.resolve(name + ".log");
        Worker worker = new Worker(name, launcher.launch(member, journal, log), log);
        all.add(worker);
        workers.put(member, worker);
        journals.add(new JournalFile(name, journal));
    }

    ChildJvm process(String member) {
        return worker(member).process;
    }

    /** The name of the present process of a member, as journals have it. */
    String name(String member) {
        return worker(member).name;
    }

    private Worker worker(String member) {
        return Objects.requireNonNull(workers.get(member), () -> "there is no member " + member);
    }

    List<String> members() {
        return List.copyOf(workers.keySet());
    }

    boolean isAlive(String member) {
        return workers.containsKey(member) && process(member).isAlive();
    }

    List<JournalFile> journals() {
        return journals;
    }

    /** The partitions of which a record began after a time. */
    Set<Integer> begunSince(long micros) throws IOException {
        Set<Integer> begun = new HashSet<>();
        for (JournalFile journal : journals) {
            List<Line> lines = journal.lines();
            for (int i = lines.size() - 1; i >= 0 && lines.get(i).micros() >= micros; i--) {
                if (lines.get(i).mark() == Mark.START) {
                    begun.add(lines.get(i).partition());
                }
            }
        }
        return begun;
    }

    /** The records that were begun. */
    Set<Position> begun() throws IOException {
        Set<Position> begun = new HashSet<>();
        for (JournalFile journal : journals) {
            for (Line line : journal.lines()) {
                if (line.mark() == Mark.START) {
                    begun.add(new Position(line.partition(), line.offset()));
                }
            }
        }
        return begun;
    }

    /** How many calls took longer than a time and succeeded. */
    long handledIn(Duration time) throws IOException {
        long count = 0;
        for (JournalFile journal : journals) {
            Map<Position, Long> started = new HashMap<>();
            for (Line line : journal.lines()) {
                Position at = new Position(line.partition(), line.offset());
                if (line.mark() == Mark.START) {
                    started.put(at, line.micros());
                } else if (line.mark() == Mark.OK
                        && line.micros() - started.getOrDefault(at, line.micros()) > time.toNanos() / 1_000) {
                    count++;
                }
            }
        }
        return count;
    }

    /** All lines of a kind. */
    List<Line> lines(Mark mark) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (JournalFile journal : journals) {
            journal.lines().stream().filter(line -> line.mark() == mark).forEach(lines::add);
        }
        return lines;
    }

    /** How many lines of a kind there are. */
    long count(Mark mark) throws IOException {
        return lines(mark).size();
    }

    /** The largest number in the place of an attempt that lines of a kind have; 0 if there is no such line. */
    int largestAttempt(Mark mark) throws IOException {
        return lines(mark).stream().mapToInt(Line::attempt).max().orElse(0);
    }

    /**
     * What is wrong with the ends of all processes that are over, those of earlier ones of a member included: nobody had told them to
     * end, or they had something to complain of.
     *
     * @param orderly what a process ends with that was told to end and did so in good order
     */
    List<String> wrongEnds(int orderly) {
        List<String> wrong = new ArrayList<>();
        for (Worker worker : all) {
            if (worker.process.isAlive()) {
                continue;
            }
            int code = worker.process.exitCode();
            switch (worker.process.ending()) {
                case BY_ITSELF ->
                    wrong.add("worker " + worker.name + " ended by itself, with exit code " + code + "; see "
                            + worker.log);
                case TOLD -> {
                    if (code != orderly) {
                        wrong.add("worker " + worker.name + " was told to end and ended with exit code " + code
                                + "; see " + worker.log);
                    }
                }
                case KILLED -> {
                    // It had no say in its exit code.
                }
            }
        }
        return wrong;
    }

    /** What is wrong with the ends of processes that were told to end: they went on for longer than that, whatever ended them then. */
    List<String> lateEnds(Duration limit) {
        return all.stream()
                .filter(worker ->
                        !worker.process.isAlive() && worker.process.wentOn().compareTo(limit) > 0)
                .map(worker -> "worker " + worker.name + " went on for " + worker.process.wentOn() + " after SIGTERM")
                .toList();
    }

    /** The processes that run. */
    List<String> living() {
        return workers.values().stream()
                .filter(worker -> worker.process.isAlive())
                .map(Worker::name)
                .toList();
    }

    /** What is wrong with the ends of processes that were told to end: they have not told what they counted. */
    List<String> withoutCount(List<String> names) throws IOException {
        return without(Mark.COUNTED, names).stream()
                .map(name -> "worker " + name + " ended without telling what it counted")
                .toList();
    }

    /** Those of some processes that have written no line of a kind. */
    List<String> without(Mark mark, List<String> names) throws IOException {
        List<String> silent = new ArrayList<>(names);
        for (JournalFile journal : journals) {
            if (journal.lines().stream().anyMatch(line -> line.mark() == mark)) {
                silent.remove(journal.worker());
            }
        }
        return silent;
    }

    /** What each member logged last, for whoever reads of a failure where the files are not kept. */
    String lastWords() {
        StringBuilder words = new StringBuilder();
        for (Worker worker : workers.values()) {
            words.append("\nlast words of ")
                    .append(worker.name)
                    .append(worker.process.isAlive() ? "" : ", which is over");
            last(worker.log).forEach(line -> words.append("\n  ").append(line));
        }
        return words.toString();
    }

    private static List<String> last(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        } catch (IOException e) {
            return List.of("not readable: " + e);
        }
    }

    /**
     * Tells all who live to end. Returns what is wrong with that: who did not in time, who did without a word of what it counted, and
     * {@link #wrongEnds(int)}.
     */
    List<String> dismiss(Duration limit, int orderly) throws IOException {
        List<String> ended = new ArrayList<>(living());
        List<String> late = stopAll(limit);
        ended.removeAll(late);
        List<String> wrong = new ArrayList<>();
        late.forEach(name -> wrong.add("worker " + name + " did not end in time after SIGTERM"));
        wrong.addAll(withoutCount(ended));
        wrong.addAll(wrongEnds(orderly));
        return wrong;
    }

    /** SIGTERM to all who live, and waits for their ends; tells who did not end in time. */
    List<String> stopAll(Duration limit) {
        List<Worker> living = workers.values().stream()
                .filter(worker -> worker.process.isAlive())
                .toList();
        living.forEach(worker -> worker.process.terminate());
        return living.stream()
                .filter(worker -> !worker.process.awaitExit(limit))
                .map(Worker::name)
                .toList();
    }

    @Override
    public void close() {
        all.forEach(worker -> worker.process.close());
    }
}
