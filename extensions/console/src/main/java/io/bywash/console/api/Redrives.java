package io.bywash.console.api;

import io.bywash.console.http.Refusal;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.ToolException;
import io.bywash.tools.deadletter.LetterFilter;
import io.bywash.tools.deadletter.LetterSource;
import io.bywash.tools.deadletter.Letters;
import io.bywash.tools.deadletter.RedriveLimits;
import io.bywash.tools.deadletter.RedriveReport;
import io.bywash.tools.deadletter.RedriveRequest;
import io.bywash.tools.deadletter.RedriveScope;
import io.bywash.tools.deadletter.RedriveTarget;
import io.bywash.tools.deadletter.Redriver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The redrives of this process, under way and over. One at a time for each consumer. May be used by any thread. */
final class Redrives implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Redrives.class);
    private static final int MOST_KEPT = 100;

    private final SlowWork slow;
    private final Map<String, Status> all = new LinkedHashMap<>();
    private volatile boolean over;

    Redrives(SlowWork slow) {
        this.slow = slow;
    }

    /** What is done. */
    enum Mode {
        /** Only counted. */
        REHEARSE,
        /** Sent back. */
        REDRIVE
    }

    /** Where a redrive is. */
    enum State {
        /** Under way. */
        RUNNING,
        /** All letters there were are seen to. */
        DONE,
        /** It ended early; what is counted has gone back. */
        FAILED
    }

    /**
     * How a redrive gets on.
     *
     * @param consumer whose letters
     * @param state where it is
     * @param matched letters that are meant
     * @param redriven letters that went back, or would
     * @param leftOut letters that are meant and do not go back: too often redriven, of another group, or incomplete
     * @param error why it failed
     */
    record Status(
            String consumer,
            State state,
            long matched,
            long redriven,
            long leftOut,
            @Nullable String error) {
        static Status begun(String consumer) {
            return new Status(consumer, State.RUNNING, 0, 0, 0, null);
        }

        Status plus(RedriveReport report) {
            return new Status(
                    consumer,
                    state,
                    matched + report.examined() - report.unmatched(),
                    redriven + report.redriven(),
                    leftOut + report.overCap() + report.foreign() + report.incomplete(),
                    error);
        }

        Status done() {
            return new Status(consumer, State.DONE, matched, redriven, leftOut, null);
        }

        Status failed(String why) {
            return new Status(consumer, State.FAILED, matched, redriven, leftOut, why);
        }

        String outcome() {
            return state + ", " + redriven + " went back, " + leftOut + " did not"
                    + (error == null ? "" : ": " + error);
        }
    }

    /**
     * Begins a redrive.
     *
     * @param then hears what came of it, on the thread that did it
     * @return its id
     */
    String begin(
            ConsumerSettings settings, LetterFilter filter, RedriveLimits limits, Mode mode, Consumer<Status> then) {
        String id = UUID.randomUUID().toString();
        put(id, Status.begun(settings.name()));
        try {
            slow.run(() -> then.accept(run(id, settings, new Plan(filter, limits, mode))));
        } catch (Refusal e) {
            remove(id);
            throw e;
        }
        return id;
    }

    private record Plan(LetterFilter filter, RedriveLimits limits, Mode mode) {
        RedriveRequest of(LetterSource source) {
            return new RedriveRequest(source, filter, RedriveScope.PENDING, RedriveTarget.GROUP, limits);
        }
    }

    private Status run(String id, ConsumerSettings settings, Plan plan) {
        Status sum = Status.begun(settings.name());
        try {
            Redriver redriver = new Redriver(settings);
            for (LetterSource source : new Letters(settings).sources()) {
                Status before = sum;
                RedriveRequest request = plan.of(source);
                sum = before.plus(
                        plan.mode == Mode.REHEARSE
                                ? redriver.rehearse(request, (soFar, total) -> set(id, before.plus(soFar)), () -> over)
                                : redriver.redrive(request, (soFar, total) -> set(id, before.plus(soFar)), () -> over));
            }
            return set(id, sum.done());
        } catch (ToolException e) {
            return set(id, status(id).failed(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("a redrive of {} failed", settings.name(), e);
            return set(id, status(id).failed("the log of this process says why"));
        }
    }

    private synchronized void put(String id, Status status) {
        boolean busy = all.values().stream()
                .anyMatch(other -> other.state == State.RUNNING && other.consumer.equals(status.consumer));
        if (busy) {
            throw new Refusal(
                    Refusal.CONFLICT,
                    "under way",
                    "letters of this consumer are on their way back; wait until they are");
        }
        all.put(id, status);
        if (all.size() > MOST_KEPT) {
            all.entrySet().stream()
                    .filter(one -> one.getValue().state != State.RUNNING)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .ifPresent(all::remove);
        }
    }

    private synchronized Status set(String id, Status status) {
        all.put(id, status);
        return status;
    }

    private synchronized void remove(String id) {
        all.remove(id);
    }

    /** Returns how a redrive gets on. */
    synchronized Status status(String id) {
        if (!all.containsKey(id)) {
            throw new Refusal(
                    Refusal.NOT_FOUND,
                    "no such redrive",
                    "this process knows its last " + MOST_KEPT + " redrives; it is none of them");
        }
        return Objects.requireNonNull(all.get(id));
    }

    /** Ends redrives after the batch they are at. */
    @Override
    public void close() {
        over = true;
    }
}
