package io.bywash.core.pull;

import io.bywash.core.thread.Bell;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** The partitions that wait for a stream of their own, oldest ownership first. */
final class Offering<K, V> implements Supply<PartitionStream<K, V>>, Intake {
    private final ReaderContext<K, V> context;
    private final Lifetime lifetime;
    private final Bell bell;
    private final Set<PartitionSource> waiting = new ConcurrentSkipListSet<>(
            Comparator.comparingLong(source -> source.session().epoch()));
    private volatile boolean over;

    Offering(ReaderContext<K, V> context, Lifetime lifetime, Bell bell) {
        this.context = context;
        this.lifetime = lifetime;
        this.bell = bell;
    }

    @Override
    public void changed(PartitionSource source) {
        if (source.hasNoStream() && source.isReadable()) {
            waiting.add(source);
        } else {
            waiting.remove(source);
        }
        bell.ring();
    }

    @Override
    public Optional<PartitionStream<K, V>> take() {
        return waiting.stream()
                .filter(PartitionSource::isOnOffer)
                .map(this::open)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<PartitionStream<K, V>> open(PartitionSource source) {
        PartitionSupply<K, V> supply = new PartitionSupply<>(source, this, new Decoding<>(context));
        waiting.remove(source);
        if (!source.openStream()) {
            supply.close();
            return Optional.empty();
        }
        String what = "the stream of " + source.partition() + " of reader " + context.name();
        return Optional.of(new PartitionStream<>(source, new Feed<>(what, context.ticker(), source.bell(), supply)));
    }

    @Override
    public boolean isCurrent(PartitionStream<K, V> element) {
        // Even one that is over has to be closed by whoever gets it.
        return true;
    }

    @Override
    public boolean isOver() {
        return lifetime.isOver() || over;
    }

    /** Ends all streams of partitions. */
    void end() {
        over = true;
    }

    /** There is nothing to let go of: each stream has a decoder of its own. */
    @Override
    public void close() {}
}
