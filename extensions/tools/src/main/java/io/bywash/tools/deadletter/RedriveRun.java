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
    private static final int MOST_UNHEARD = 1_000;
    private static final long LONGEST_DEAF_NANOS = Duration.ofMillis(100).toNanos();

    private final RedriveRequest request;
    private final RedriveTargets targets;
    private final Consumer<RedriveBatch> writer;
    private final Ending ending;
    private final RedriveBatch batch;
    private final Tally tally = new Tally();
    private final RedrivePace pace;
    private long total;
    private long visited;
    private long chosen;

    /**
     * Who hears how far it is, after each batch and now and then between, and may end it there.
     *
     * @param listener hears what has gone back so far
     * @param stop asked whether to leave it at that; also while a batch waits for its turn, which ends the waiting and not the batch
     */
    record Ending(RedriveListener listener, BooleanSupplier stop) {}

    RedriveRun(RedriveRequest request, RedriveTargets targets, Consumer<RedriveBatch> writer, Ending ending) {
        this.request = request;
        this.targets = targets;
        this.writer = writer;
        this.ending = ending;
        this.pace = new RedrivePace(request.limits().perSecond(), System::nanoTime);
        // No second gets more than its share, not even the first.
        this.batch = new RedriveBatch(
                Math.min(MOST_IN_BATCH, request.limits().perSecond().orElse(MOST_IN_BATCH)));
    }

    RedriveReport over(LetterLog log, Map<TopicPartition, RedrivenLetters> redriven) {
        Map<TopicPartition, Long> positions = request.scope() == RedriveScope.ALL
                ? log.starts(redriven.keySet())
                : redriven.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().next()));
        total = log.distance(positions);
        log.read(positions, redriven, this);
        flush();
        return tally.report();
    }

    @Override
    public boolean visit(ConsumerRecord<byte[], byte[]> record, RedrivenLetters redriven) {
        boolean goesOn = !isDue() || hear();
        boolean hadGone = redriven.cover(record);
        if (hadGone && request.scope() == RedriveScope.PENDING) {
            redriven.gone(record);
            return goesOn;
        }
        Letter letter = LetterParser.parse(record, hadGone ? Letter.State.REDRIVEN : Letter.State.PENDING);
        Optional<Fate> stays = stays(letter);
        if (stays.isPresent()) {
            tally.left(stays.get());
            if (hadGone) {
                redriven.gone(record);
            } else {
                redriven.left(record);
            }
            return goesOn;
        }
        String target = targets.of(letter).orElseThrow();
        redriven.gone(record);
        batch.add(new RedriveCopy(letter, target));
        chosen++;
        boolean enough = chosen >= request.limits().most().orElse(Long.MAX_VALUE);
        return (!batch.isFull() || flush()) && goesOn && !enough;
    }

    /** Many letters may pass before a batch is full. */
    private boolean isDue() {
        return ++visited % MOST_UNHEARD == 0;
    }

    /** Says how far it is; returns whether to go on. */
    private boolean hear() {
        ending.listener().progress(tally.report(), total);
        if (ending.stop().getAsBoolean()) {
            tally.stopped();
        }
        return !tally.isStopped();
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
        waitForTurn();
        pace.took(batch.copies().size());
        writer.accept(batch);
        tally.gone(batch.byTarget());
        batch.clear();
        return hear();
    }

    private void waitForTurn() {
        for (long left = pace.nanosLeft(); left > 0 && !ending.stop().getAsBoolean(); left = pace.nanosLeft()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_DEAF_NANOS));
        }
    }
}
