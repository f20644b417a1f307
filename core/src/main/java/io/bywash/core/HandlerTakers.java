package io.bywash.core;

import io.bywash.core.binding.HandlerRoutes;
import io.bywash.core.lane.LaneTakers;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.TakerFactory;
import io.bywash.core.settings.Ordering;
import io.bywash.core.worker.HandlerTaker;
import io.bywash.core.worker.WorkerContext;
import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.TopicHandler;
import java.util.function.BooleanSupplier;

/** Chooses the worker that fits the ordering and the handler of a session. */
final class HandlerTakers implements TakerFactory {
    private final HandlerRoutes routes;
    private final boolean inPartitionOrder;
    private final HandlerTaker alone;
    private final LaneTakers inLanes;

    HandlerTakers(WorkerContext context, HandlerRoutes routes) {
        this.routes = routes;
        this.inPartitionOrder = context.settings().ordering() instanceof Ordering.Partition;
        this.alone = new HandlerTaker(context, routes);
        this.inLanes = new LaneTakers(context, routes);
    }

    @Override
    public RecordTaker create(PartitionSession session, BooleanSupplier formerQuiet) {
        TopicHandler<?, ?> handler =
                routes.forTopic(session.partition().topic()).handler();
        boolean oneByOne = !(handler instanceof AsyncTopicHandler || handler instanceof BatchTopicHandler);
        TakerFactory fitting = inPartitionOrder && oneByOne ? alone : inLanes;
        return fitting.create(session, formerQuiet);
    }

    @Override
    public void turn() {
        inLanes.turn();
    }

    @Override
    public void close() {
        inLanes.close();
    }
}
