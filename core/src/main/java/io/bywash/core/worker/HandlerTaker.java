package io.bywash.core.worker;

import io.bywash.core.binding.HandlerRoutes;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.TakerFactory;
import java.util.function.BooleanSupplier;

/** Gives every session a worker that runs the handler of its topic. */
public final class HandlerTaker implements TakerFactory {
    private final WorkerContext context;
    private final HandlerRoutes routes;

    /**
     * Creates the factory of a consumer.
     *
     * @param context what its workers share
     * @param routes which handler takes which topic
     */
    public HandlerTaker(WorkerContext context, HandlerRoutes routes) {
        this.context = context;
        this.routes = routes;
    }

    @Override
    public RecordTaker create(PartitionSession session, BooleanSupplier formerQuiet) {
        return new PartitionWorker(
                context, session, routes.forTopic(session.partition().topic()), formerQuiet);
    }
}
