package io.bywash.simulation.workload;

import io.bywash.simulation.schedule.Actor;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** A stage that completes in a step of its own: late, never unless it is cancelled, more than once, or in spite of being cancelled. */
final class PendingStage extends CompletableFuture<Void> implements Actor {
    private final String process;
    private final ScriptedStages.Work work;
    private final ScriptedStages handler;
    private final Script script;
    private final boolean hangs;
    private final boolean repeats;
    private final boolean stubborn;
    private final long due;

    PendingStage(String process, ScriptedStages.Work work, ScriptedStages handler, Script script) {
        this.process = process;
        this.work = work;
        this.handler = handler;
        this.script = script;
        this.hangs = script.stageHangs();
        this.repeats = script.stageRepeats();
        this.stubborn = !script.heedsInterrupts();
        this.due = handler.stage().clock().now() + script.duration();
        handler.stage().scheduler().add(this);
    }

    @Override
    public String name() {
        return process + " stage of " + work.position();
    }

    @Override
    public long due() {
        return script.isGone(process) || (hangs && !script.isHealed()) ? NEVER : due;
    }

    @Override
    public void step() {
        handler.stage().scheduler().remove(this);
        Optional<Throwable> failure = handler.attempt(work);
        handler.oracle().workEnds(process, work.record());
        failure.ifPresentOrElse(this::completeExceptionally, () -> complete(null));
    }

    @Override
    public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
        if (repeats) {
            super.whenComplete(action);
        }
        return super.whenComplete(action);
    }

    /** One of somebody's own making need not be a future at all. */
    @Override
    public CompletableFuture<Void> toCompletableFuture() {
        if (stubborn && repeats) {
            handler.oracle().interrupted(process, work.record());
            throw new UnsupportedOperationException("this stage is not a future");
        }
        return this;
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        if (isDone()) {
            return false;
        }
        handler.oracle().interrupted(process, work.record());
        if (stubborn) {
            return false;
        }
        handler.stage().scheduler().remove(this);
        handler.cancel(work, new CancellationException("the stage was cancelled"));
        handler.oracle().workEnds(process, work.record());
        return super.cancel(mayInterrupt);
    }
}
