package io.bywash.console.api;

import io.bywash.console.http.Refusal;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.ToolException;
import io.bywash.tools.deadletter.LetterFilter;
import io.bywash.tools.deadletter.LetterSource;
import io.bywash.tools.deadletter.RedriveLimits;
import io.bywash.tools.deadletter.RedriveRequest;
import io.bywash.tools.deadletter.RedriveScope;
import io.bywash.tools.deadletter.RedriveTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The redrives of this process, under way and over. One of each consumer at a time, on a thread of its own, for as long as it takes; they
 * keep nothing else waiting. May be used by any thread.
 */
final class Redrives implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Redrives.class);
    private static final int MOST_KEPT = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SlowWork rehearsals;
    private final Consumer<Redrive> work;
    private final ThreadFactory factory;
    private final Map<String, Redrive> all = new LinkedHashMap<>();
    private final Set<Thread> threads = new HashSet<>();
    private boolean closed;

    Redrives(SlowWork rehearsals) {
        this(rehearsals, new RedriveWork(), Thread::new);
    }

    /**
     * Creates it with parts of its own.
     *
     * @param work does what a redrive is about, and returns when it is done or was stopped
     * @param factory makes the thread of each
     */
    Redrives(SlowWork rehearsals, Consumer<Redrive> work, ThreadFactory factory) {
        this.rehearsals = rehearsals;
        this.work = work;
        this.factory = factory;
    }

    /** What is done. */
    enum Mode {
        /** Only counted. */
        REHEARSE,
        /** Sent back. */
        REDRIVE
    }

    /**
     * What is wanted.
     *
     * @param filter which letters
     * @param scope whether those that have gone back before count
     * @param target where to
     * @param limits how fast and how often
     * @param mode whether anything is sent
     */
    record Plan(LetterFilter filter, RedriveScope scope, RedriveTarget target, RedriveLimits limits, Mode mode) {
        RedriveRequest of(LetterSource source) {
            return new RedriveRequest(source, filter, scope, target, limits);
        }
    }

    /**
     * Begins a redrive.
     *
     * @param begun hears its id before anything is done
     * @param then hears what came of it, on the thread that did it, or on this one if it could not begin
     * @return its id
     */
    String begin(ConsumerSettings settings, Plan plan, Consumer<String> begun, Consumer<RedriveStatus> then) {
        String id = UUID.randomUUID().toString();
        Redrive redrive = new Redrive(id, settings, plan);
        put(redrive);
        Runnable task = () -> then.accept(run(redrive));
        try {
            if (plan.mode == Mode.REHEARSE) {
                rehearsals.run(task);
            } else {
                begun.accept(id);
                start(settings.name(), task);
            }
        } catch (Refusal e) {
            remove(id);
            throw e;
        } catch (RuntimeException | Error e) {
            // It is known by now, and nothing else would ever end it; a thread may not be had, or a log may be full.
            then.accept(failed(redrive, e));
        }
        return id;
    }

    private void start(String consumer, Runnable task) {
        Thread thread = factory.newThread(() -> {
            try {
                task.run();
            } finally {
                remove(Thread.currentThread());
            }
        });
        thread.setName("bywash-console-redrive-" + consumer);
        thread.setDaemon(true);
        synchronized (this) {
            threads.add(thread);
        }
        try {
            thread.start();
        } catch (RuntimeException | Error e) {
            remove(thread);
            throw e;
        }
    }

    private RedriveStatus run(Redrive redrive) {
        try {
            // The end may have come between its beginning and its thread, and then nobody waits for it.
            if (!redrive.isToStop()) {
                work.accept(redrive);
            }
            RedriveStatus sum = redrive.status();
            return redrive.set(redrive.isToStop() ? sum.stopped() : sum.done());
        } catch (ToolException e) {
            return redrive.set(redrive.status().failed(String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            return failed(redrive, e);
        }
    }

    /** One that stayed under way would keep all later ones of its consumer from beginning. */
    private static RedriveStatus failed(Redrive redrive, Throwable why) {
        RedriveStatus status = redrive.set(redrive.status().failed("the log of this process says why"));
        LOG.error("a redrive of {} failed", redrive.settings().name(), why);
        return status;
    }

    private synchronized void put(Redrive redrive) {
        if (closed) {
            throw new Refusal(
                    Refusal.CONFLICT,
                    "at its end",
                    "this process is stopping, and would leave the redrive alone; ask another, or this one when it is back");
        }
        RedriveStatus status = redrive.status();
        if (!status.dryRun()) {
            all.values().stream()
                    .map(Redrive::status)
                    .filter(other -> !other.dryRun()
                            && other.isRunning()
                            && other.consumer().equals(status.consumer()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new Refusal(
                                Refusal.CONFLICT,
                                "under way",
                                "letters of this consumer are on their way back in redrive " + other.id()
                                        + "; wait until they are, or stop it");
                    });
        }
        all.put(status.id(), redrive);
        if (all.size() > MOST_KEPT) {
            all.entrySet().stream()
                    .filter(one -> !one.getValue().status().isRunning())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .ifPresent(all::remove);
        }
    }

    private synchronized void remove(String id) {
        all.remove(id);
    }

    private synchronized void remove(Thread thread) {
        threads.remove(thread);
    }

    /** Returns how all that are known get on, the newest first. */
    synchronized List<RedriveStatus> newestFirst() {
        List<RedriveStatus> found =
                new ArrayList<>(all.values().stream().map(Redrive::status).toList());
        Collections.reverse(found);
        return found;
    }

    /** Returns how a redrive gets on. */
    RedriveStatus status(String id) {
        return named(id).status();
    }

    /** Ends a redrive after the batch it is at; returns how it gets on. */
    RedriveStatus stop(String id) {
        Redrive redrive = named(id);
        redrive.stop();
        return redrive.status();
    }

    private synchronized Redrive named(String id) {
        Redrive found = all.get(id);
        if (found == null) {
            throw new Refusal(
                    Refusal.NOT_FOUND,
                    "no such redrive",
                    "this process knows its last " + MOST_KEPT + " redrives; it is none of them");
        }
        return found;
    }

    /** Ends redrives after the batch they are at; those that take longer are interrupted. None begins from then on. */
    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            closed = true;
            all.values().forEach(Redrive::stop);
            running = List.copyOf(threads);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Thread thread : running) {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.forEach(Thread::interrupt);
    }
}
