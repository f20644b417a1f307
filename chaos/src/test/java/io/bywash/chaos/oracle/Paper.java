package io.bywash.chaos.oracle;

import io.bywash.chaos.load.Produced;
import io.bywash.chaos.worker.CommitText;
import io.bywash.chaos.worker.Order;
import io.bywash.chaos.worker.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The evidence of a run, made up: two records of one key are at offsets 0 and 1 of partition 0. */
final class Paper {
    static final String HANDLED = """
            ASSIGNED 1000 0 -1 0
            START 2000 0 0 1
            OK 3000 0 0 1
            START 4000 0 1 1
            OK 5000 0 1 1
            """;

    private final Path directory;

    final List<Commit> commits = new ArrayList<>();
    final List<Letter> letters = new ArrayList<>();
    final List<JournalFile> journals = new ArrayList<>();
    final List<Produced> acknowledged = new ArrayList<>(
            List.of(new Produced(0, 0, "key", Task.ordinary(0), 1), new Produced(0, 1, "key", Task.ordinary(1), 1)));
    Keeping keeping = Keeping.EVERYTHING;
    CommitText text = CommitText.KEPT;
    Order order = Order.KEY;
    final List<Cut> cuts = new ArrayList<>();
    final List<Fault> faults = new ArrayList<>();
    final Map<Position, Entry> visible =
            new TreeMap<>(Comparator.comparingInt(Position::partition).thenComparingLong(Position::offset));
    Map<Integer, Long> begins = Map.of(0, 0L);
    Map<String, Integer> repeated = Map.of();

    Paper(Path directory) {
        this.directory = directory;
        visible(0, Task.ordinary(0));
        visible(1, Task.ordinary(1));
    }

    void visible(long offset, Task task) {
        visible.put(new Position(0, offset), entry(task));
    }

    static Entry entry(Task task) {
        return new Entry("key", new String(task.bytes(), StandardCharsets.UTF_8), "number=0", 1);
    }

    void journal(String worker, String lines) throws IOException {
        Path file = directory.resolve(worker);
        Files.writeString(file, lines);
        journals.add(new JournalFile(worker, file));
    }

    Evidence evidence() throws IOException {
        Eras eras = new Eras(cuts);
        return new Evidence(
                acknowledged.stream()
                        .filter(record -> eras.gone(record).isEmpty())
                        .map(eras::acknowledged)
                        .toList(),
                acknowledged.stream().map(eras::gone).flatMap(Optional::stream).toList(),
                visible.entrySet().stream()
                        .collect(Collectors.toMap(entry -> eras.found(entry.getKey()), Map.Entry::getValue)),
                begins,
                History.of(journals, eras),
                commits.stream().map(commit -> commit.in(eras)).toList(),
                letters,
                Evidence.times(letters),
                keeping,
                text,
                order,
                faults,
                cuts);
    }

    String findings() throws IOException {
        Evidence evidence = evidence();
        Findings findings = new Findings();
        repeated = Judge.judge(evidence, findings);
        return String.join("\n", findings.texts());
    }

    static Commit commit(long offset, long millis, long... done) {
        return new Commit(0, offset, millis, done, Optional.empty());
    }
}
