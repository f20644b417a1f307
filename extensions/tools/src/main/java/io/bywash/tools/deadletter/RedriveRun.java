package io.bywash.tools.deadletter;

import io.bywash.tools.deadletter.Tally.Fate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One redrive: decides on each letter, hands batches over and keeps the pace. Used once, by one thread. */
final class RedriveRun implements LetterLog.Visitor {
    private static final int MOST_IN_BATCH = 500;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final RedriveRequest request;
    private final RedriveTargets targets;
    private final Consumer<RedriveBatch> writer;
    private final Ending ending;
    private final RedriveBatch batch;
    private final Tally tally = new Tally();
    private final long begin = System.nanoTime();
    private long total;
    private long chosen;

    /**
     * Who hears of a batch, and says whether it was the last.
     *
     * @param listener hears of it
     * @param stop says whether to leave it at that
     */
    record Ending(RedriveListener listener, BooleanSupplier stop) {}

    RedriveRun(RedriveRequest request, RedriveTargets targets, Consumer<RedriveBatch> writer, Ending ending) {
        this.request = request;
        this.targets = targets;
        this.writer = writer;
        this.ending = ending;
        // No second gets more than its share, not even the first.
        this.batch = new RedriveBatch(
                Math.min(MOST_IN_BATCH, request.limits().perSecond().orElse(MOST_IN_BATCH)));
    }

    RedriveReport over(LetterLog log, Map<TopicPartition, RedrivenLetters> redriven) {
        Map<TopicPartition, Long> positions = redriven.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().next()));
        total = log.distance(positions);
        log.read(positions, redriven, this);
        flush();
        return tally.report();
    }

    @Override
    public boolean visit(ConsumerRecord<byte[], byte[]> record, RedrivenLetters redriven) {
        if (redriven.cover(record)) {
            redriven.gone(record);
            return true;
        }
        Letter letter = LetterParser.parse(record, Letter.State.PENDING);
        Optional<Fate> stays = stays(letter);
        if (stays.isPresent()) {
            tally.left(stays.get());
            redriven.left(record);
            return true;
        }
        String target = targets.of(letter).orElseThrow();
        redriven.gone(record);
        batch.add(new RedriveCopy(letter, target));
        chosen++;
        boolean enough = chosen >= request.limits().most().orElse(Long.MAX_VALUE);
        return batch.isFull() ? flush() && !enough : !enough;
    }

    private Optional<Fate> stays(Letter letter) {
        if (!request.filter().matches(letter)) {
            return Optional.of(Fate.UNMATCHED);
        }
        if (letter.redrives() >= request.limits().redrives()) {
            return Optional.of(Fate.OVER_CAP);
        }
        if (LetterParser.isIncomplete(letter.record())) {
            return Optional.of(Fate.INCOMPLETE);
        }
        Optional<String> target = targets.of(letter);
        if (target.isEmpty()) {
            return Optional.of(Fate.FOREIGN);
        }
        targets.require(target.get());
        return targets.keeps(target.get(), letter.time()) ? Optional.empty() : Optional.of(Fate.EXPIRED);
    }

    /** Hands the batch over; returns whether to go on. */
    private boolean flush() {
        if (batch.isEmpty()) {
            return true;
        }
        keepPace();
        writer.accept(batch);
        tally.gone(batch.byTarget());
        batch.clear();
        ending.listener().progress(tally.report(), total);
        return !ending.stop().getAsBoolean();
    }

    /** A batch goes when all before it have had their time. */
    private void keepPace() {
        if (request.limits().perSecond().isEmpty()) {
            return;
        }
        long before = chosen - batch.copies().size();
        long due = begin + before * SECOND / request.limits().perSecond().getAsInt();
        while (due - System.nanoTime() > 0 && !ending.stop().getAsBoolean()) {
            LockSupport.parkNanos(Math.min(due - System.nanoTime(), SECOND / 10));
        }
    }
}
