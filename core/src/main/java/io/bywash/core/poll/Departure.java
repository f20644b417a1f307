package io.bywash.core.poll;

import io.bywash.core.commit.Committer;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.SessionState;
import io.bywash.core.thread.Next;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * How a consumer stops: no record is taken any more, polling goes on so that the group does not give its partitions away while the
 * calls in flight finish, then it commits and leaves. Calls may use seven tenths of the time; then they are interrupted and get
 * one more; commit and farewell share the rest. A commit that a rebalance refuses is tried again between polls, which bring the
 * rebalance to its end.
 */
final class Departure {
    private static final long TURN_NANOS = Duration.ofMillis(2).toNanos();
    private static final Duration LEAST = Duration.ofMillis(100);

    private final PollContext context;
    private final Sessions sessions;
    private final Committer committer;
    private final Pauses pauses;
    private Optional<Long> began = Optional.empty();
    private Optional<Long> interruptedAt = Optional.empty();

    Departure(PollContext context, Sessions sessions, Committer committer, Pauses pauses) {
        this.context = context;
        this.sessions = sessions;
        this.committer = committer;
        this.pauses = pauses;
    }

    /** Returns since when it has been under way. */
    Optional<Long> began() {
        return began;
    }

    /** Begins, unless it has begun before. */
    void begin() {
        if (began.isEmpty()) {
            began = Optional.of(context.now());
            context.status().become(ConsumerState.DRAINING);
        }
    }

    /** Takes one turn of the drain; returns nothing once the client has left its group and is closed. */
    Optional<Next> turn(Consumer<byte[], byte[]> consumer, Status.Stop stop) {
        long now = context.now();
        Collection<PartitionSession> all = sessions.all();
        all.forEach(isFenced(stop) ? Departure::lose : PartitionSession::stop);
        if (interruptedAt.isEmpty() && now - at(stop, 7) >= 0) {
            interruptedAt = Optional.of(now);
            all.stream()
                    .map(PartitionSession::taker)
                    .filter(taker -> !taker.isQuiet())
                    .forEach(RecordTaker::interrupt);
        }
        if ((Drain.areQuiet(all) || now - untilQuiet(stop) >= 0) && leave(consumer, stop)) {
            return Optional.empty();
        }
        // A poll of one that was fenced would join again, and fence the other in its turn.
        if (isFenced(stop)) {
            return Optional.of(Next.at(now + TURN_NANOS));
        }
        pauses.pauseAll(consumer);
        try {
            consumer.poll(Duration.ZERO);
        } catch (KafkaException | IllegalStateException e) {
            // The group may be lost by now, or unreachable; all that is left to do is to finish what runs.
            return Optional.of(Next.at(now + TURN_NANOS));
        }
        return Optional.of(Next.at(now + TURN_NANOS));
    }

    /**
     * Waits for the calls of sessions that were lost, which were interrupted then: a handler is closed after its last call. Returns
     * nothing once there is none, or no time.
     */
    Optional<Next> lastCalls(Status.Stop stop) {
        boolean over = sessions.formerCallsAreOver() || context.now() - at(stop, 9) >= 0;
        return over ? Optional.empty() : Optional.of(Next.at(context.now() + TURN_NANOS));
    }

    /** Until when calls may go on: for a tenth of the time after their interrupt, which comes late if a rebalance has held this thread up. */
    private long untilQuiet(Status.Stop stop) {
        long last = interruptedAt.orElse(at(stop, 7)) + at(stop, 1) - at(stop, 0);
        return last - at(stop, 9) < 0 ? last : at(stop, 9);
    }

    /** Commits what is complete, ends the sessions and closes the client; does nothing if the commit has to wait for a rebalance. */
    private boolean leave(Consumer<byte[], byte[]> consumer, Status.Stop stop) {
        List<PartitionSession> ending = List.copyOf(sessions.all());
        // Whoever stops a consumer has decided about a halted record: it is tried again after the start.
        boolean over = isFenced(stop)
                || committer.finish(
                        consumer,
                        ending,
                        upTo(stop, 9),
                        failed -> failed.stream()
                                .filter(record -> !record.isHalted())
                                .toList());
        if (!over && context.now() - at(stop, 9) < 0) {
            return false;
        }
        for (PartitionSession session : ending) {
            if (session.state() == SessionState.STOPPING) {
                session.release();
            }
        }
        sessions.forget(ending);
        ending.forEach(context.progress()::forget);
        close(consumer, upTo(stop, 10));
        return true;
    }

    private static boolean isFenced(Status.Stop stop) {
        return stop.failure()
                .map(ConsumerFailedException::kind)
                .filter(kind -> kind == Kind.FENCED)
                .isPresent();
    }

    private static void lose(PartitionSession session) {
        if (session.state().counts()) {
            session.lose();
        }
    }

    /** Closes a client; what it says at the end changes nothing any more. */
    static void close(Consumer<byte[], byte[]> consumer, Duration timeout) {
        try {
            consumer.close(CloseOptions.timeout(timeout));
        } catch (KafkaException | IllegalStateException e) {
            org.slf4j.LoggerFactory.getLogger(Departure.class).warn("the Kafka consumer closed with a failure", e);
        }
    }

    private Duration upTo(Status.Stop stop, int tenths) {
        Duration left = Duration.ofNanos(Math.max(0, at(stop, tenths) - context.now()));
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    private long at(Status.Stop stop, int tenths) {
        long start = began.orElseGet(context::now);
        return start + (stop.deadlineNanos() - start) / 10 * tenths;
    }
}
