package io.bywash.core.lane;

import io.bywash.core.binding.HandlerRoutes;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.TakerFactory;
import io.bywash.core.worker.WorkerContext;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Gives every session a worker whose records are handled by the lanes of the consumer. */
public final class LaneTakers implements TakerFactory {
    private final WorkerContext context;
    private final HandlerRoutes routes;
    private final Lanes lanes;
    private final Supplier<KeyOrder> orders;

    private LaneTakers(WorkerContext context, HandlerRoutes routes, int concurrency, Supplier<KeyOrder> orders) {
        this.context = context;
        this.routes = routes;
        this.lanes = new Lanes(context, concurrency);
        this.orders = orders;
    }

    /**
     * Creates the factory of a consumer that orders by key.
     *
     * @param context what its workers share
     * @param routes which handler takes which topic
     * @param concurrency how many records are worked on at once
     * @return the factory
     */
    public static LaneTakers byKey(WorkerContext context, HandlerRoutes routes, int concurrency) {
        return new LaneTakers(
                context,
                routes,
                concurrency,
                () -> new KeyOrder.ByKey(context.environment().random().nextLong()));
    }

    /**
     * Creates the factory of a consumer that does not care for the order.
     *
     * @param context what its workers share
     * @param routes which handler takes which topic
     * @param concurrency how many records are worked on at once
     * @return the factory
     */
    public static LaneTakers unordered(WorkerContext context, HandlerRoutes routes, int concurrency) {
        return new LaneTakers(context, routes, concurrency, KeyOrder.Free::new);
    }

    @Override
    public RecordTaker create(PartitionSession session, BooleanSupplier formerQuiet) {
        return new LaneWorker(
                context, session, routes.forTopic(session.partition().topic()), formerQuiet, lanes, orders.get());
    }

    @Override
    public void turn() {
        lanes.look();
    }

    @Override
    public void close() {
        lanes.close();
    }
}
