package io.bywash.core.lane;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.binding.HandlerRoutes;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.TakerFactory;
import io.bywash.core.settings.Ordering;
import io.bywash.core.worker.WorkerContext;
import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import java.util.function.BooleanSupplier;

/** Gives every session a worker whose records are handled by the lanes of the consumer. */
public final class LaneTakers implements TakerFactory {
    /** One lane per partition is all that partition order can use; there are never more of them than partitions. */
    private static final int LANES_FOR_PARTITIONS = 10_000;

    private final WorkerContext context;
    private final HandlerRoutes routes;
    private final Ordering ordering;
    private final Lanes lanes;

    /**
     * Creates the factory of a consumer.
     *
     * @param context what its workers share
     * @param routes which handler takes which topic
     */
    public LaneTakers(WorkerContext context, HandlerRoutes routes) {
        this.context = context;
        this.routes = routes;
        this.ordering = context.settings().ordering();
        this.lanes = new Lanes(context, concurrency(ordering));
    }

    private static int concurrency(Ordering ordering) {
        if (ordering instanceof Ordering.Key key) {
            return key.concurrency();
        }
        return ordering instanceof Ordering.None none ? none.concurrency() : LANES_FOR_PARTITIONS;
    }

    @Override
    public RecordTaker create(PartitionSession session, BooleanSupplier formerQuiet) {
        HandlerBinding<?, ?> binding = routes.forTopic(session.partition().topic());
        // In the order of the partition a lane per partition is all that is needed, and for stages one lane is enough.
        if (!(ordering instanceof Ordering.Partition) && !(binding.handler() instanceof AsyncTopicHandler<?, ?>)) {
            lanes.startAhead();
        }
        return new LaneWorker(lanes, session, binding, formerQuiet, order(session, binding));
    }

    private Sequencer.Order order(PartitionSession session, HandlerBinding<?, ?> binding) {
        boolean inBatches = binding.handler() instanceof BatchTopicHandler<?, ?>;
        Supply supply = inBatches
                ? new Gathering(
                        session,
                        context.settings().batching(),
                        context.environment().ticker())
                : new Supply.Singles();
        if (ordering instanceof Ordering.Partition) {
            return new Sequencer.Order(new KeyOrder.Whole(), supply);
        }
        if (ordering instanceof Ordering.Key) {
            return new Sequencer.Order(
                    new KeyOrder.ByKey(context.environment().random().nextLong()), supply);
        }
        return new Sequencer.Order(inBatches ? new KeyOrder.Pooled() : new KeyOrder.Free(), supply);
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
