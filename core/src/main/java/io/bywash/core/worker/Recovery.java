package io.bywash.core.worker;

import io.bywash.core.deadletter.DeadLetter;
import io.bywash.core.deadletter.DeadLetterWrite;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.GroupEvent.NextStep;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.FailedRecord.Standing;
import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.RecordKey;
import io.bywash.core.snapshot.WaitingRecord;
import io.bywash.core.thread.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Carries out what follows when a record fails: another attempt, the dead-letter topic, leaving it out, or a halt. Knows the
 * failures of one record at a time. Belongs to the worker.
 */
public final class Recovery {

    /** What the worker has to do next. */
    public sealed interface Ruling {
        /**
         * Call again when {@code next} says.
         *
         * @param next when
         */
        record Wait(Next next) implements Ruling {}

        /** Call the handler again. */
        record Again() implements Ruling {}

        /** The record is complete without having been handled. */
        record Over() implements Ruling {}
    }

    private static final Ruling AGAIN = new Ruling.Again();
    private static final Ruling OVER = new Ruling.Over();
    private static final RecoveryState NONE = new RecoveryState.None();

    /** Long enough for a slow broker, short enough for an operator who looks. */
    private static final Duration UNANSWERED = Duration.ofSeconds(5);

    private static final Backoff DEAD_LETTER_BACKOFF =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), 2, 0.2);

    private final WorkerContext context;
    private final PartitionSession session;
    private final String handler;
    private final Runnable signal;
    private final Consumer<Obstacle> obstacles;
    private final FailureRules rules;

    private RecoveryState state = NONE;

    @SuppressWarnings("NullAway.Init") // a recovery begins with the failure of a record
    private Throwable cause;

    private int writeFailures;
    private Optional<Instant> refusedSince = Optional.empty();

    /**
     * Creates a recovery with nothing to recover from.
     *
     * @param context what the consumer's workers share
     * @param session where the record was taken
     * @param handler the name of its handler
     * @param signal called from any thread when a dead letter has been answered
     * @param obstacles takes what the record waits for
     */
    public Recovery(
            WorkerContext context,
            PartitionSession session,
            String handler,
            Runnable signal,
            Consumer<Obstacle> obstacles) {
        this.context = context;
        this.session = session;
        this.handler = handler;
        this.signal = signal;
        this.obstacles = obstacles;
        this.rules = new FailureRules(context.settings().failures());
    }

    /**
     * Tells whether a record came with its attempts used up, or as a halted one, from a former owner.
     *
     * @param session where it was taken
     * @param policy how many attempts there are
     * @param record the record
     * @return true if it gets no further attempt
     */
    public static boolean isDecided(
            PartitionSession session, FailurePolicy policy, ConsumerRecord<byte[], byte[]> record) {
        return session.failed()
                .of(record)
                .filter(failed -> failed.isHalted() || failed.attempts() >= policy.maxAttempts())
                .isPresent();
    }

    /**
     * Begins with a record that {@linkplain #isDecided is decided}.
     *
     * @param record the record
     */
    public void takeOver(ConsumerRecord<byte[], byte[]> record) {
        cause = new AttemptsUsedUpException(failures(record));
        follow(rules.atTheEnd(), record);
    }

    /**
     * Begins with a failed attempt.
     *
     * @param record the record
     * @param failure what the handler threw
     */
    public void begin(ConsumerRecord<byte[], byte[]> record, Throwable failure) {
        int attempt = failures(record) + 1;
        cause = Printable.of(failure);
        NextStep next = rules.after(failure, attempt);
        if (next != NextStep.STOP) {
            // An error says nothing about the record, so its attempt is not handed on.
            session.failed().put(FailedRecord.of(record, attempt, Standing.PENDING));
        }
        context.metrics().add(Count.FAILED, 1);
        context.events().publish(new GroupEvent.AttemptFailed(position(record), handler, attempt, cause, next));
        follow(next, record);
    }

    private void follow(NextStep next, ConsumerRecord<byte[], byte[]> record) {
        switch (next) {
            case RETRY -> backOff(record);
            case DEAD_LETTER -> write(record);
            case SKIP -> state = new RecoveryState.Skipping();
            case HALT -> {
                session.failed().halt(record);
                halt(record);
            }
            case STOP -> {
                // It is the process that cannot go on. Whoever has the record next, has the attempts that are left.
                state = new RecoveryState.Stopped();
                context.fatal().accept(cause);
            }
        }
    }

    private void backOff(ConsumerRecord<byte[], byte[]> record) {
        int failures = failures(record);
        Duration wait = context.settings()
                .failures()
                .backoff()
                .after(failures, context.environment().random());
        state = new RecoveryState.BackingOff(context.now() + wait.toNanos());
        Instant now = time();
        block(
                HoldCause.RETRY,
                record,
                new Span(session.failed().failingSince(record.offset(), now), Optional.of(now.plus(wait))),
                "attempt " + (failures + 1) + " follows " + ReadableSpan.of(wait) + " after: " + cause);
    }

    private void write(ConsumerRecord<byte[], byte[]> record) {
        DeadLetter letter = new DeadLetter(
                record,
                context.settings().sourceOf(record.topic()),
                context.settings().group(),
                new DeadLetter.Failure(handler, failures(record), cause));
        state = new RecoveryState.Writing(
                context.deadLetters().send(letter, signal), Optional.of(context.now() + UNANSWERED.toNanos()));
    }

    private void halt(ConsumerRecord<byte[], byte[]> record) {
        state = new RecoveryState.Halted();
        block(HoldCause.HALTED, record, new Span(time(), Optional.empty()), String.valueOf(cause));
        context.events().publish(new GroupEvent.PartitionHalted(position(record), cause));
    }

    /**
     * Tells whether the partition may be given up now; a letter on its way is waited for.
     *
     * @return false while a letter is on its way
     */
    public boolean canLetGo() {
        return !(state instanceof RecoveryState.Writing && session.state().counts());
    }

    /**
     * Tells whether the record waits for an operator.
     *
     * @return true if only an order can bring it on
     */
    public boolean isHalted() {
        return state instanceof RecoveryState.Halted;
    }

    /**
     * Goes on with the record.
     *
     * @param record the record that failed
     * @return what to do next
     */
    public Ruling step(ConsumerRecord<byte[], byte[]> record) {
        if (state instanceof RecoveryState.BackingOff waiting) {
            return untilDue(waiting.due(), this::tryAgain);
        }
        if (state instanceof RecoveryState.WritingLater later) {
            return untilDue(later.due(), () -> {
                write(record);
                return step(record);
            });
        }
        if (state instanceof RecoveryState.Writing writing) {
            return look(record, writing);
        }
        if (state instanceof RecoveryState.Skipping) {
            return skip(record);
        }
        return session.failed()
                .of(record)
                .map(failed -> obey(failed.standing(), record))
                .orElse(new Ruling.Wait(Next.IDLE));
    }

    private Ruling untilDue(long due, java.util.function.Supplier<Ruling> then) {
        return context.now() - due < 0 ? new Ruling.Wait(Next.at(due)) : then.get();
    }

    private Ruling tryAgain() {
        context.metrics().add(Count.RETRIED, 1);
        clear();
        return AGAIN;
    }

    private Ruling look(ConsumerRecord<byte[], byte[]> record, RecoveryState.Writing writing) {
        DeadLetterWrite.State written = writing.write().advance();
        if (written instanceof DeadLetterWrite.Failed failed) {
            return writeLater(record, failed.cause());
        }
        if (written instanceof DeadLetterWrite.Acknowledged) {
            writeFailures = 0;
            refusedSince = Optional.empty();
            context.metrics().add(Count.DEAD_LETTERED, 1);
            context.events().publish(new GroupEvent.DeadLettered(position(record), topic(record), failures(record)));
            return over();
        }
        return writing.unanswered()
                .map(due -> untilDue(due, () -> goUnanswered(record, writing.write())))
                .orElse(new Ruling.Wait(Next.IDLE));
    }

    /** The producer goes on trying, for minutes by default, and says nothing meanwhile. */
    private Ruling goUnanswered(ConsumerRecord<byte[], byte[]> record, DeadLetterWrite write) {
        state = new RecoveryState.Writing(write, Optional.empty());
        Instant since = refusedSince.orElseGet(() -> time().minus(UNANSWERED));
        refusedSince = Optional.of(since);
        block(
                HoldCause.DEAD_LETTER_DOWN,
                record,
                new Span(since, Optional.empty()),
                topic(record) + " has not answered to the letter");
        return new Ruling.Wait(Next.IDLE);
    }

    private Ruling writeLater(ConsumerRecord<byte[], byte[]> record, Exception failure) {
        Instant now = time();
        refusedSince = refusedSince.or(() -> Optional.of(now));
        writeFailures++;
        Duration wait =
                DEAD_LETTER_BACKOFF.after(writeFailures, context.environment().random());
        long due = context.now() + wait.toNanos();
        state = new RecoveryState.WritingLater(due);
        block(
                HoldCause.DEAD_LETTER_DOWN,
                record,
                new Span(refusedSince.orElse(now), Optional.of(now.plus(wait))),
                topic(record) + " does not take it: " + failure);
        context.events().publish(new GroupEvent.DeadLetterFailed(position(record), topic(record), failure));
        return new Ruling.Wait(Next.at(due));
    }

    private Ruling skip(ConsumerRecord<byte[], byte[]> record) {
        context.metrics().add(Count.SKIPPED, 1);
        context.events().publish(new GroupEvent.Skipped(position(record), failures(record), cause));
        return over();
    }

    private Ruling obey(Standing standing, ConsumerRecord<byte[], byte[]> record) {
        return switch (standing) {
            case PENDING, HALTED -> new Ruling.Wait(Next.IDLE);
            case SKIP_ORDERED -> skip(record);
            case RETRY_ORDERED -> {
                session.failed().remove(record.offset());
                yield tryAgain();
            }
        };
    }

    private Ruling over() {
        clear();
        return OVER;
    }

    private void clear() {
        state = NONE;
        obstacles.accept(Obstacle.NONE);
    }

    private void block(HoldCause what, ConsumerRecord<byte[], byte[]> record, Span span, String why) {
        obstacles.accept(new Obstacle.Blocked(new WaitingRecord(
                record.offset(), RecordKey.of(record.key()), what, failures(record), span.since(), span.until(), why)));
    }

    /** Since when a record waits, and until when if that is known. */
    private record Span(Instant since, Optional<Instant> until) {}

    private Instant time() {
        return context.environment().clock().instant();
    }

    private int failures(ConsumerRecord<byte[], byte[]> record) {
        return session.failed().attempts(record);
    }

    private String topic(ConsumerRecord<byte[], byte[]> record) {
        return context.deadLetters().topicFor(record.topic());
    }

    private RecordPosition position(ConsumerRecord<byte[], byte[]> record) {
        return new RecordPosition(session.partition(), record.offset());
    }
}
