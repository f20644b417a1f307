package io.bywash.core.poll;

import io.bywash.core.event.PauseReason;
import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.Standstill;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.settings.Ordering;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.Condition.Held;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.RecordKey;
import io.bywash.core.snapshot.WaitingRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Says whether a partition moves, and if not, why. Of several causes the first counts, in the order of {@link HoldCause}. Belongs to
 * the poll thread.
 */
final class Diagnosis {
    private static final Condition IDLE = new Condition.Idle();
    private static final Condition ADVANCING = new Condition.Advancing();

    /** A memory that is full for less is one that works at its bound, as it is meant to. */
    private static final Duration MEMORY_AFTER = Duration.ofSeconds(1);

    private final ConsumerSettings settings;
    private final Pauses pauses;
    private final Moment moment;
    private final Facts facts;
    private final PartitionSession session;

    private Diagnosis(ConsumerSettings settings, Pauses pauses, Moment moment, Facts facts) {
        this.settings = settings;
        this.pauses = pauses;
        this.moment = moment;
        this.facts = facts;
        this.session = facts.session();
    }

    /** Returns the condition of a partition. */
    static Condition of(ConsumerSettings settings, Pauses pauses, Moment moment, Facts facts) {
        return new Diagnosis(settings, pauses, moment, facts).condition();
    }

    private Condition condition() {
        return Stream.<Supplier<Optional<Held>>>of(
                        this::closing,
                        this::barred,
                        this::failed,
                        this::commit,
                        this::slowCall,
                        this::operator,
                        this::memory,
                        this::standstill,
                        this::fetch)
                .flatMap(cause -> cause.get().stream())
                .min(Comparator.comparing(Held::cause))
                .map(Condition.class::cast)
                .orElseGet(this::unheld);
    }

    private Condition unheld() {
        boolean somethingToDo = facts.hasRecordsWaiting()
                || facts.offsets().logEnd() > facts.offsets().position();
        return somethingToDo ? ADVANCING : IDLE;
    }

    private Optional<Held> closing() {
        return moment.closing()
                .map(since -> held(HoldCause.CLOSING, frontier(), moment.at(since), "the consumer is closing"));
    }

    private Optional<Held> barred() {
        Obstacle obstacle =
                session.positionObstacle() instanceof Obstacle.Barred ? session.positionObstacle() : facts.obstacle();
        return obstacle instanceof Obstacle.Barred barred
                ? Optional.of(held(barred.cause(), barred.offset(), barred.since(), barred.why()))
                : Optional.empty();
    }

    private Optional<Held> failed() {
        if (facts.obstacle() instanceof Obstacle.Blocked blocked) {
            return Optional.of(held(blocked.record(), true, blocked.why()));
        }
        return facts.obstacle() instanceof Obstacle.Hindered hindered
                ? Optional.of(held(hindered.gravest(), false, hindered.why()))
                : Optional.empty();
    }

    private static Held held(WaitingRecord record, boolean isWhole, String why) {
        return new Held(record.cause(), isWhole, record.offset(), record.key(), record.since(), record.until(), why);
    }

    private Optional<Held> commit() {
        long committed = session.commits().committed();
        return moment.commits()
                .filter(trouble -> frontier() > committed)
                .map(trouble -> new Held(
                        HoldCause.COMMIT,
                        false,
                        committed,
                        Optional.empty(),
                        moment.at(trouble.since()),
                        Optional.empty(),
                        "offset " + frontier() + " is not committed: " + trouble.why()));
    }

    /** A call that is not long yet is what holds the partition up all the same, if its frontier has stood for long. */
    private Optional<Held> slowCall() {
        return facts.calls().stream()
                .findFirst()
                .filter(oldest ->
                        moment.isPast(oldest.since(), settings.timing().stuckAfter()) || stands())
                .map(oldest -> new Held(
                        HoldCause.SLOW_CALL,
                        isInOrder(),
                        oldest.call().id().offset(),
                        oldest.call().key().get(),
                        moment.at(oldest.since()),
                        Optional.empty(),
                        why(oldest.call().id())));
    }

    private static String why(CallInFlight.Id call) {
        return "attempt " + (call.failures() + 1) + " runs on " + call.by();
    }

    private Optional<Held> operator() {
        return pauses.pausedByOperatorSince(session.partition())
                .filter(since -> session.pauseReasons().contains(PauseReason.OPERATOR))
                .map(since -> held(
                        HoldCause.OPERATOR,
                        facts.offsets().position(),
                        moment.at(since),
                        "an operator paused it; what was read before is still handled"));
    }

    private Optional<Held> memory() {
        return moment.memoryFull()
                .filter(since ->
                        session.pauseReasons().contains(PauseReason.MEMORY) && moment.isPast(since, MEMORY_AFTER))
                .map(since -> new Held(
                        HoldCause.MEMORY,
                        false,
                        facts.offsets().position(),
                        Optional.empty(),
                        moment.at(since),
                        Optional.empty(),
                        "the buffered records of all partitions take "
                                + settings.buffers().bytes() + " bytes or more"));
    }

    private Optional<Held> standstill() {
        if (!stands() || !facts.calls().isEmpty() || !(facts.obstacle() instanceof Obstacle.None)) {
            return Optional.empty();
        }
        boolean isLetterOnItsWay =
                !session.failed().isEmpty() && settings.failures().onFailure() == OnFailure.DEAD_LETTER;
        Standstill what = isLetterOnItsWay
                ? new Standstill(HoldCause.DEAD_LETTER_DOWN, "the broker has not answered to the dead letter")
                : session.taker().standstill();
        Optional<String> key = session.taker()
                .first()
                .filter(record -> record.offset() >= frontier())
                .flatMap(record -> RecordKey.of(record.key()));
        Instant since = moment.at(facts.standing().orElseThrow());
        return Optional.of(new Held(what.cause(), true, frontier(), key, since, Optional.empty(), what.why()));
    }

    private Optional<Held> fetch() {
        return facts.ahead()
                .filter(since -> facts.buffered() == 0
                        && moment.isPast(since, settings.timing().stallAfter()))
                .map(since -> held(
                        HoldCause.FETCH,
                        facts.offsets().position(),
                        moment.at(since),
                        "the log goes on to " + facts.offsets().logEnd() + ", but no fetch brings anything"));
    }

    private boolean stands() {
        return facts.standing()
                .filter(since -> moment.isPast(since, settings.timing().stallAfter()))
                .isPresent();
    }

    private boolean isInOrder() {
        return settings.ordering() instanceof Ordering.Partition;
    }

    private long frontier() {
        return facts.offsets().frontier();
    }

    private static Held held(HoldCause cause, long offset, Instant since, String why) {
        return new Held(cause, true, offset, Optional.empty(), since, Optional.empty(), why);
    }
}
