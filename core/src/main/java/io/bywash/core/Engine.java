package io.bywash.core;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.deadletter.DeadLetters;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.EventDispatcher;
import io.bywash.core.event.EventStream;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.GroupListener;
import io.bywash.core.event.LoggingListener;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.poll.PollContext;
import io.bywash.core.poll.PollControl;
import io.bywash.core.poll.PollLoop;
import io.bywash.core.poll.Progress;
import io.bywash.core.poll.RedriveTopics;
import io.bywash.core.poll.Status;
import io.bywash.core.poll.TopicIds;
import io.bywash.core.poll.TopicWatch;
import io.bywash.core.session.TakerFactory;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.core.thread.Next;
import io.bywash.core.thread.Running;
import io.bywash.core.thread.ThreadOwner;
import io.bywash.core.worker.WorkerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What handlers and readers have in common: the parts of one consumer, put together, started and stopped. */
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long LEAST_FOR_CLOSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long MOST_BLOCKED_MS = 1_000;
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final ConsumerSettings settings;
    private final Environment environment;
    private final EventDispatcher dispatcher;
    private final ConsumerMetrics metrics;
    private final Status status;
    private final PollContext context;
    private final DeadLetters deadLetters;
    private final TopicWatch topicWatch;
    private final Running dispatching;
    private final Running watching;

    // Set by attach, which follows the constructor at once.
    @SuppressWarnings("NullAway.Init")
    private PollLoop loop;

    @SuppressWarnings("NullAway.Init")
    private Running polling;

    Engine(ConsumerSettings settings, List<GroupListener> listeners, MetricRegistry registry, Environment environment) {
        this.settings = settings;
        this.environment = environment;
        String name = settings.name();
        List<GroupListener> all = new ArrayList<>(listeners);
        all.add(0, new LoggingListener(name));
        this.dispatcher = new EventDispatcher(all);
        this.metrics = new ConsumerMetrics(registry, name);
        long drainNanos = settings.timing().drainTimeout().toNanos();
        this.status = new Status(dispatcher, () -> environment.ticker().nanos() + drainNanos);
        this.context = new PollContext(
                settings,
                environment,
                metrics,
                dispatcher,
                status,
                new Progress(environment, metrics, settings.buffers().recordsPerPartition()),
                new RedriveTopics(settings),
                new TopicIds(),
                new ThreadOwner("the poll loop of " + name, environment.runner()));
        // A send that blocks on a broker that is away keeps a worker from all else, and must be over before a drain is.
        long halfOfADrain = settings.timing().drainTimeout().toMillis() / 2;
        long maxBlockMs = Math.max(1, Math.min(MOST_BLOCKED_MS, halfOfADrain));
        this.deadLetters = new DeadLetters(
                () -> environment.clients().producer(settings.kafka().forDeadLetterProducer(name, maxBlockMs)),
                topic -> settings.failures().deadLetterTopicFor(settings.sourceOf(topic), settings.group()),
                environment.ticker());
        this.topicWatch = new TopicWatch(
                context, () -> environment.clients().admin(settings.kafka().forAdmin(name)));
        // Of all its threads only the poll thread keeps a JVM alive; these two may be in a listener or in a question
        // for long.
        this.dispatching = environment.workers().prepare(name + "-events", dispatcher);
        this.watching = environment.workers().prepare(name + "-topics", topicWatch);
        dispatcher.add(this::lookAtTopics);
        dispatcher.runBy(dispatching);
    }

    /**
     * A topic that a pattern took in has no dead-letter topic yet, and its first record may need one. Any topic may be another one by the
     * time that its partitions come.
     */
    private void lookAtTopics(GroupEvent event) {
        if (event instanceof GroupEvent.RebalanceCompleted completed
                && !completed.claimed().isEmpty()) {
            watching.signal();
        }
    }

    /** Says who takes the records, and what to close at the end. Called once, before the start. */
    void attach(Function<WorkerContext, TakerFactory> takers, UnaryOperator<String> handlers, Runnable closeHandlers) {
        WorkerContext parts = new WorkerContext(settings, environment, deadLetters, metrics, dispatcher, this::fatal);
        TakerFactory factory = takers.apply(parts);
        loop = new PollLoop(context, factory, handlers, deadline -> atEnd(factory, closeHandlers, deadline));
        polling = environment.runner().prepare(settings.name() + "-poll", loop);
    }

    private void fatal(Throwable failure) {
        status.fail(failure instanceof ConsumerFailedException known ? known : handlerError(failure));
        // It may rest after a failed poll.
        polling.signal();
    }

    private ConsumerFailedException handlerError(Throwable error) {
        return new ConsumerFailedException(
                Kind.HANDLER,
                "a handler of " + settings.name()
                        + " threw an error, after which nothing of this process can be relied on: " + error,
                error);
    }

    private void atEnd(TakerFactory takers, Runnable closeHandlers, long deadlineNanos) {
        takers.close();
        closeInTime(closeHandlers, deadlineNanos);
        deadLetters.close();
        topicWatch.close();
        watching.signal();
        metrics.removeAll();
    }

    /** Handlers are code of users, which the poll thread does not run, and waits for no longer than there is time. */
    private void closeInTime(Runnable closeHandlers, long deadlineNanos) {
        Running closing = environment.workers().prepare(settings.name() + "-close", () -> {
            closeHandlers.run();
            return Next.DONE;
        });
        closing.start();
        long least = environment.ticker().nanos() + LEAST_FOR_CLOSE_NANOS;
        long until = deadlineNanos - least < 0 ? least : deadlineNanos;
        if (!environment.waiting().until(() -> !closing.isAlive(), until)) {
            LOG.warn(
                    "the handlers of {} were not closed in time; {} is at {}",
                    settings.name(),
                    closing,
                    closing.stack());
            closing.interrupt();
        }
    }

    void starting() {
        if (!status.begin()) {
            throw new IllegalStateException("consumer " + settings.name() + " is " + status.state()
                    + "; a consumer can be started only once, so build another one");
        }
        dispatching.start();
    }

    void start() {
        watching.start();
        polling.start();
    }

    void failToStart(ConsumerFailedException failure) {
        status.fail(failure);
        context.progress().over(ConsumerState.FAILED);
        status.become(ConsumerState.FAILED);
        metrics.removeAll();
    }

    void stop(Duration timeout) {
        if (status.endUnstarted()) {
            context.progress().over(ConsumerState.CLOSED);
            dispatching.start();
            metrics.removeAll();
            return;
        }
        status.close(environment.ticker().nanos() + TimeUnit.NANOSECONDS.convert(timeout));
        polling.signal();
    }

    boolean close(Duration timeout) {
        stop(timeout);
        try {
            return awaitEnd(timeout.compareTo(FOREVER) < 0 ? timeout.plus(GRACE) : FOREVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return status.state().isFinal();
        }
    }

    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return status.awaitEnd(TimeUnit.NANOSECONDS.convert(timeout));
    }

    /** Returns what the parts of the poll thread share. */
    PollContext context() {
        return context;
    }

    ConsumerSettings settings() {
        return settings;
    }

    Status status() {
        return status;
    }

    PollControl control() {
        return loop.control();
    }

    GroupSnapshot snapshot() {
        return context.progress().snapshot();
    }

    EventStream events(Predicate<GroupEvent> wanted) {
        return new EventStream(dispatcher, wanted);
    }
}
