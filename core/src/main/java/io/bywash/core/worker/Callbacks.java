package io.bywash.core.worker;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.thread.Running;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells a handler about its partition: that it came and that it went. Each method begins the call when it is first asked, and
 * returns whether the call is over. Belongs to the worker.
 */
final class Callbacks {
    private final WorkerContext context;
    private final TopicPartition partition;
    private final HandlerBinding<?, ?> binding;
    private final Running caller;
    private Optional<Callback> underWay = Optional.empty();

    Callbacks(WorkerContext context, TopicPartition partition, HandlerBinding<?, ?> binding, Running caller) {
        this.context = context;
        this.partition = partition;
        this.binding = binding;
        this.caller = caller;
    }

    boolean areUnderWay() {
        return underWay.isPresent();
    }

    boolean assigned() {
        return told(() -> binding.handler().assigned(partition));
    }

    boolean revoked() {
        return told(() -> binding.handler().revoked(partition));
    }

    boolean lost() {
        return told(() -> binding.handler().lost(partition));
    }

    private boolean told(Callback.Action action) {
        if (underWay.isEmpty()) {
            Callback begun = new Callback(action);
            underWay = Optional.of(begun);
            context.environment().calls().begin(begun, caller);
        }
        Callback begun = underWay.get();
        if (!begun.isOver()) {
            return false;
        }
        underWay = Optional.empty();
        begun.failure().ifPresent(this::report);
        return true;
    }

    private void report(Throwable failure) {
        context.events().publish(new GroupEvent.CallbackFailed(partition, binding.name(), Printable.of(failure)));
        if (failure instanceof Error) {
            context.fatal().accept(failure);
        }
    }
}
