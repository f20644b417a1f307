package io.bywash.core.poll;

import io.bywash.core.commit.Committer;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TakerFactory;
import io.bywash.core.thread.Next;
import io.bywash.core.thread.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;

/**
 * The loop of one consumer. Each step is one turn: wishes of others, pauses, a poll, the hand-over of what it brought, commits, and
 * a look at what stands still. It knows no thread; its runner gives it one, and only that one may call {@link #step}.
 */
public final class PollLoop implements Step {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration POLL_WHILE_PAUSED = Duration.ofMillis(5);
    /** Enough to tell the group that this member leaves, which it would find out by itself. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private static final int UNKNOWN_FAILURES_IN_A_ROW = 20;
    /** Longer than any session lasts where the broker's group.consumer.max.session.timeout.ms is the default, a minute. */
    private static final long UNRELEASED_NANOS = Duration.ofSeconds(90).toNanos();

    private final PollContext context;
    private final TakerFactory takers;
    private final LongConsumer atEnd;
    private final Sessions sessions;
    private final Committer committer;
    private final Positions positions;
    private final Pauses pauses;
    private final Delivery delivery;
    private final Watchdog watchdog;
    private final Departure departure;
    private final Survey survey;
    private final PollFailures failures;
    private final TopicSelection selection;
    private final Drain drain;
    private final Rest rest;
    private final Commands commands = new Commands();

    private Optional<Consumer<byte[], byte[]>> client = Optional.empty();
    private Optional<Rebalance> rebalance = Optional.empty();
    private Optional<Long> unreleasedSince = Optional.empty();

    /**
     * Creates the loop of a consumer.
     *
     * @param context what the poll thread's parts share
     * @param takers decides who takes the records
     * @param handlers names the handler of a topic
     * @param atEnd closes what the consumer had opened, by the deadline it is given; called once, after the client is closed, by the
     *     poll thread
     */
    public PollLoop(
            PollContext context,
            TakerFactory takers,
            java.util.function.UnaryOperator<String> handlers,
            LongConsumer atEnd) {
        this.context = context;
        this.takers = takers;
        this.atEnd = atEnd;
        this.sessions = new Sessions(takers, context.settings().buffers().recordsPerPartition());
        this.committer = new Committer(
                context.settings().timing().commitInterval(),
                context.settings().metadataLimits(),
                context.ticker(),
                context.metrics(),
                context.events());
        this.positions = new Positions(context, sessions, committer);
        this.pauses = new Pauses(context.settings().buffers(), context.ticker(), sessions);
        this.delivery = new Delivery(sessions, pauses, context.metrics());
        this.watchdog = new Watchdog(context, handlers);
        this.departure = new Departure(context, sessions, committer, pauses);
        this.survey =
                new Survey(context, handlers, watchdog, pauses, new Survey.Sources(committer, positions, departure));
        this.failures = new PollFailures(context.settings());
        this.selection = new TopicSelection(context.settings(), context.redriveTopics(), context.ticker());
        this.drain = new Drain(context, watchdog.intervalUpTo(POLL), this::watchWhatStays);
        this.rest = new Rest(context, watchdog.intervalUpTo(POLL));
    }

    /**
     * Returns what other threads may use.
     *
     * @return the remote control of this loop
     */
    public PollControl control() {
        return new PollControl(commands, pauses, sessions, positions, committer);
    }

    @Override
    public Next step() {
        context.owner().check();
        context.progress().turns();
        try {
            Optional<Status.Stop> stop = context.status().stop();
            if (stop.isPresent()) {
                return stopTurn(stop.get());
            }
            if (!rest.isOver()) {
                client.ifPresent(this::turnWithoutPoll);
                return rest.next();
            }
            return client.isPresent() ? turn(client.get()) : connect();
        } catch (RuntimeException | Error e) {
            return crash(e);
        }
    }

    private Next connect() {
        context.progress().none(context.status().state());
        try {
            Consumer<byte[], byte[]> fresh = context.environment()
                    .clients()
                    .consumer(context.settings().consumerProperties(), context.topicIds());
            client = Optional.of(fresh);
            rebalance = Optional.of(
                    new Rebalance(fresh, context, sessions, new Rebalance.Means(positions, committer, drain)));
            selection.subscribe(fresh, rebalance.get());
            return Next.NOW;
        } catch (KafkaException e) {
            // What a consumer that has run before cannot do now, it may be able to do again.
            return failures.ofCreation(e).map(this::refused).orElseGet(() -> tryAgain(e));
        }
    }

    private Next turn(Consumer<byte[], byte[]> consumer) {
        commands.turn(consumer);
        rebalance.ifPresent(listener -> selection.turn(consumer, listener));
        boolean paused = pauses.turn(consumer);
        boolean waits = paused || !positions.unresolved().isEmpty();
        Optional<Next> retry = poll(consumer, timeout(waits));
        if (client.isEmpty()) {
            return retry.orElse(Next.NOW);
        }
        Optional<Next> hindered = commit(consumer).or(() -> positioned(() -> positions.turn(consumer)));
        if (hindered.isPresent()) {
            return hindered.get();
        }
        // What is given back in the middle of a rebalance cannot be committed, and polls bring that to its end.
        if (positions.isClientOutdated() && committer.finish(consumer, sessions.all(), farewell(), all -> all)) {
            return renew(consumer);
        }
        turnWithoutPoll(consumer);
        return retry.orElseGet(() -> waits && context.settings().kafka().usesConsumerProtocol()
                ? Next.at(context.now() + POLL_WHILE_PAUSED.toNanos())
                : Next.NOW);
    }

    private void turnWithoutPoll(Consumer<byte[], byte[]> consumer) {
        takers.turn();
        watchdog.turn(sessions.all());
        survey.turn(consumer);
    }

    /** Calls of partitions that go have a time of their own, and a failure would not count. */
    private void watchWhatStays() {
        takers.turn();
        watchdog.turn(sessions.all().stream().filter(PartitionSession::isOpen).toList());
    }

    /** A paused partition may be ready again any moment, so the poll is short then; the new protocol's client would spin in it. */
    private Duration timeout(boolean waits) {
        if (!waits) {
            return watchdog.untilLookUpTo(POLL);
        }
        return context.settings().kafka().usesConsumerProtocol() ? Duration.ZERO : POLL_WHILE_PAUSED;
    }

    private Optional<Next> poll(Consumer<byte[], byte[]> consumer, Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled;
        try {
            polled = consumer.poll(timeout);
        } catch (KafkaException e) {
            return Optional.of(act(consumer, failures.judge(e)));
        }
        // The client has moved on beyond these, so a failure from here on is none that polling again would mend.
        delivery.deliver(consumer, polled);
        // A poll that brings nothing proves nothing as long as the group has not let this client in.
        if (rest.failures() > 0 && rebalance.filter(Rebalance::hasJoined).isPresent()) {
            rest.forget();
            unreleasedSince = Optional.empty();
        }
        if (rest.failures() == 0) {
            // A member whose commits are refused is told so by nothing else: its heartbeats fail without a word.
            context.status().degraded(committer.isRefused() ? ConsumerState.DEGRADED : ConsumerState.RUNNING);
        }
        return Optional.empty();
    }

    /** A commit may be the first to find out that this member was fenced. */
    private Optional<Next> commit(Consumer<byte[], byte[]> consumer) {
        try {
            committer.turn(consumer, sessions.all());
            return Optional.empty();
        } catch (KafkaException e) {
            return Optional.of(act(consumer, failures.judge(e)));
        }
    }

    private Next act(Consumer<byte[], byte[]> consumer, PollFailures.Verdict verdict) {
        if (verdict instanceof PollFailures.Verdict.Reposition out) {
            return positioned(() -> positions.outOfRange(consumer, out.positions()))
                    .orElse(Next.NOW);
        }
        if (verdict instanceof PollFailures.Verdict.Truncated cut) {
            return positioned(() -> positions.truncated(consumer, cut.positions()))
                    .orElse(Next.NOW);
        }
        if (verdict instanceof PollFailures.Verdict.Unreadable bad) {
            return positions.halt(consumer, bad.partition(), position -> failures.unreadable(bad, position))
                    ? Next.NOW
                    : tryAgain(bad.cause());
        }
        if (verdict instanceof PollFailures.Verdict.Rebuild rebuild) {
            return rebuild(consumer, rebuild.cause());
        }
        if (verdict instanceof PollFailures.Verdict.Refused refused) {
            return refused(refused.failure());
        }
        if (verdict instanceof PollFailures.Verdict.Expelled expelled) {
            drop(consumer, expelled.failure(), Duration.ZERO);
            return refused(expelled.failure());
        }
        if (verdict instanceof PollFailures.Verdict.TryAgain again) {
            return tryAgain(again.cause());
        }
        context.status().fail(((PollFailures.Verdict.Fatal) verdict).failure());
        return Next.NOW;
    }

    /** Sets positions; returns when to try again if the client did not let it. */
    private Optional<Next> positioned(Runnable repair) {
        try {
            repair.run();
            return Optional.empty();
        } catch (KafkaException e) {
            return Optional.of(tryAgain(e));
        }
    }

    private Next refused(ConsumerFailedException failure) {
        if (context.status().state() == ConsumerState.STARTING) {
            context.status().fail(failure);
            return Next.NOW;
        }
        return backOff(failure);
    }

    private Next tryAgain(KafkaException cause) {
        if (rest.failures() >= UNKNOWN_FAILURES_IN_A_ROW
                && !(cause instanceof org.apache.kafka.common.errors.RetriableException)
                && context.status().state() != ConsumerState.STARTING) {
            context.status()
                    .fail(new ConsumerFailedException(
                            Kind.SOFTWARE,
                            "polling failed " + rest.failures() + " times in a row for "
                                    + context.settings().name() + ": " + cause,
                            cause));
            return Next.NOW;
        }
        return backOff(cause);
    }

    private Next backOff(RuntimeException cause) {
        context.metrics().add(Count.POLL_FAILURES, 1);
        context.status().degraded(ConsumerState.DEGRADED);
        context.events().publish(new GroupEvent.PollFailed(cause));
        return rest.begin();
    }

    /** A static member that was killed is still in the group; the broker lets its successor in when the session has timed out. */
    private Next rebuild(Consumer<byte[], byte[]> consumer, KafkaException cause) {
        long since = unreleasedSince.orElseGet(context::now);
        unreleasedSince = Optional.of(since);
        if (context.now() - since > UNRELEASED_NANOS) {
            context.status().fail(failures.unreleased(cause));
            return Next.NOW;
        }
        drop(consumer, cause, Duration.ZERO);
        return backOff(cause);
    }

    /** Gives everything back in good order, and begins anew with a client that knows nothing. */
    private Next renew(Consumer<byte[], byte[]> consumer) {
        rebalance.ifPresent(Rebalance::releaseAll);
        drop(consumer, new IllegalStateException("a topic was made anew"), farewell());
        return Next.NOW;
    }

    private Duration farewell() {
        long until = context.status().notAfterTheStop(context.now() + FAREWELL.toNanos());
        return Duration.ofNanos(Math.max(0, until - context.now()));
    }

    /** Ends a client that is no member any more, and may hear of commits until it is closed; the next turn that does not rest makes another. */
    private void drop(Consumer<byte[], byte[]> consumer, Throwable cause, Duration farewell) {
        rebalance.ifPresent(known -> known.loseAll(cause));
        positions.clientReplaced();
        client = Optional.empty();
        context.progress().none(context.status().state());
        Departure.close(consumer, farewell);
        committer.clientReplaced();
    }

    private Next stopTurn(Status.Stop stop) {
        departure.begin();
        if (client.isPresent()) {
            // What was asked for before the stop is due before it: a reset decides what is committed at the end.
            commands.turn(client.get());
            Optional<Next> more = departure.turn(client.get(), stop);
            if (more.isPresent()) {
                turnWithoutPoll(client.get());
                return more.get();
            }
            client = Optional.empty();
            context.progress().none(context.status().state());
        }
        return departure.lastCalls(stop).orElseGet(() -> end(stop));
    }

    private Next end(Status.Stop stop) {
        context.status().become(ConsumerState.DRAINING);
        atEnd.accept(stop.deadlineNanos());
        context.status().end(context.progress()::over);
        return Next.DONE;
    }

    /** The loop itself failed, which nothing should make it do. The client is closed all the same, never left without polls. */
    private Next crash(Throwable failure) {
        context.status()
                .fail(new ConsumerFailedException(
                        Kind.SOFTWARE,
                        "the poll loop of " + context.settings().name() + " failed: " + failure,
                        failure));
        rebalance.ifPresent(known -> known.loseAll(failure));
        client.ifPresent(consumer -> Departure.close(consumer, Duration.ZERO));
        return end(context.status().stop().orElseThrow());
    }
}
