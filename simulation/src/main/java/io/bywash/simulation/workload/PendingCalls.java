package io.bywash.simulation.workload;

import io.bywash.core.thread.CallRunner;
import io.bywash.core.thread.Running;
import io.bywash.core.worker.HandlerCall;
import io.bywash.simulation.oracle.Oracle;
import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes the calls of one process. A call is over at once, or it is pending and ends in a step of its own, so that everything else can
 * happen in between.
 */
public final class PendingCalls implements CallRunner {
    private final String process;
    private final Stage stage;
    private final Script script;
    private final Oracle oracle;
    private final Map<Running, PendingCall> pending = new HashMap<>();
    private final Map<Running, List<ConsumerRecord<byte[], byte[]>>> over = new HashMap<>();
    private int begun;

    /**
     * Creates the calls of a process.
     *
     * @param process the name of the process
     * @param stage where calls pend
     * @param script decides how long they do
     * @param oracle is told
     */
    public PendingCalls(String process, Stage stage, Script script, Oracle oracle) {
        this.process = process;
        this.stage = stage;
        this.script = script;
        this.oracle = oracle;
    }

    @Override
    public boolean begin(Runnable call, Running caller) {
        List<ConsumerRecord<byte[], byte[]>> about =
                call instanceof HandlerCall attempt ? List.copyOf(attempt.records()) : List.of();
        over.remove(caller);
        oracle.callBegins(process, about);
        if (script.isInstant(begun++)) {
            finish(call, about);
            return true;
        }
        PendingCall fresh = new PendingCall(call, about, caller);
        pending.put(caller, fresh);
        stage.scheduler().add(fresh);
        return false;
    }

    private void finish(Runnable call, List<ConsumerRecord<byte[], byte[]>> about) {
        call.run();
        oracle.callEnds(process, about);
    }

    /** Interrupts the call that was begun for a caller, if it is pending; it may be over, and the caller not know yet. */
    public void interrupt(Running caller) {
        over.getOrDefault(caller, List.of()).forEach(record -> oracle.interrupted(process, record));
        Optional.ofNullable(pending.get(caller)).ifPresent(PendingCall::interrupt);
    }

    /** Ends all calls in the middle. */
    public void crash() {
        pending.values().forEach(stage.scheduler()::remove);
        pending.clear();
    }

    private final class PendingCall implements Actor {
        private final Runnable call;
        private final List<ConsumerRecord<byte[], byte[]>> about;
        private final Running caller;
        private long due;
        private boolean interrupted;

        PendingCall(Runnable call, List<ConsumerRecord<byte[], byte[]>> about, Running caller) {
            this.call = call;
            this.about = about;
            this.caller = caller;
            this.due = stage.clock().now() + script.duration();
        }

        void interrupt() {
            about.forEach(record -> oracle.interrupted(process, record));
            if (script.heedsInterrupts()) {
                interrupted = true;
                due = stage.clock().now();
            }
        }

        @Override
        public String name() {
            return caller.name() + " call" + (interrupted ? " interrupted" : "");
        }

        @Override
        public long due() {
            return due;
        }

        @Override
        public void step() {
            pending.remove(caller);
            stage.scheduler().remove(this);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            finish(call, about);
            over.put(caller, about);
            // Whether the handler took notice or not, the thread is the scheduler's again.
            Thread.interrupted();
            caller.signal();
        }
    }
}
