package io.bywash.benchmarks.subject;

import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.settings.Ordering;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import java.util.Optional;
import java.util.function.IntFunction;
import org.springframework.kafka.listener.ContainerProperties.AckMode;

/** All ways to consume. The classes of a library are loaded only where its way is started. */
public enum Way {

    /** See {@link PlainLoop}. */
    PLAIN_LOOP("plain loop", Order.PARTITION, Optional.empty(), ignored -> new PlainLoop(Workload::newConsumer)),

    /** The same with a client as it comes, which is what most people run. */
    PLAIN_LOOP_AS_IT_COMES(
            "plain loop, Kafka's defaults",
            Order.PARTITION,
            Optional.empty(),
            ignored -> new PlainLoop(Workload::newConsumerAsItComes)),

    /** See {@link ThreadPerPartition}. */
    THREAD_PER_PARTITION(
            "thread per partition", Order.PARTITION, Optional.empty(), ignored -> new ThreadPerPartition()),

    /** Bywash, one record of a partition at a time. */
    BYWASH_PARTITION("Bywash partition", Order.PARTITION, Optional.empty(), ignored -> new Bywash(Ordering.PARTITION)),

    /** See {@link BywashWatched}. */
    BYWASH_WATCHED("Bywash watched partition", Order.PARTITION, Optional.empty(), ignored -> new BywashWatched()),

    /** Bywash, one record of a key at a time. */
    BYWASH_KEY("Bywash key", Order.KEY, Optional.empty(), lanes -> new Bywash(Ordering.key(lanes))),

    /** Bywash, one record of a key at a time, committing offsets and nothing else. */
    BYWASH_KEY_OFFSETS_ONLY(
            "Bywash key, offsets only",
            Order.KEY,
            Optional.empty(),
            lanes -> new Bywash(Ordering.key(lanes), new MetadataLimits(0, 512))),

    /** Bywash, in any order. */
    BYWASH_NONE("Bywash none", Order.NONE, Optional.empty(), lanes -> new Bywash(Ordering.none(lanes))),

    /** spring-kafka, a commit after each poll. */
    SPRING_BATCH(
            "spring-kafka batch",
            Order.PARTITION,
            Optional.of("spring-kafka"),
            consumers -> new SpringKafka(AckMode.BATCH, consumers)),

    /** spring-kafka, a commit after each record. */
    SPRING_RECORD(
            "spring-kafka record",
            Order.PARTITION,
            Optional.of("spring-kafka"),
            consumers -> new SpringKafka(AckMode.RECORD, consumers)),

    /** parallel-consumer, one record of a partition at a time. */
    PARALLEL_PARTITION(
            "parallel-consumer partition",
            Order.PARTITION,
            Optional.of("parallel-consumer"),
            threads -> new ParallelConsumer(ProcessingOrder.PARTITION, threads)),

    /** parallel-consumer, one record of a key at a time. */
    PARALLEL_KEY(
            "parallel-consumer key",
            Order.KEY,
            Optional.of("parallel-consumer"),
            threads -> new ParallelConsumer(ProcessingOrder.KEY, threads)),

    /** parallel-consumer, in any order. */
    PARALLEL_UNORDERED(
            "parallel-consumer unordered",
            Order.NONE,
            Optional.of("parallel-consumer"),
            threads -> new ParallelConsumer(ProcessingOrder.UNORDERED, threads)),

    /** reactor-kafka, one record at a time. */
    REACTOR_INLINE(
            "reactor-kafka inline",
            Order.PARTITION,
            Optional.of("reactor-kafka"),
            ignored -> new ReactorKafka.Inline()),

    /** reactor-kafka, one record of a bucket of keys at a time. */
    REACTOR_KEY("reactor-kafka key", Order.KEY, Optional.of("reactor-kafka"), ReactorKafka.ByKey::new);

    private final String label;
    private final Order order;
    private final Optional<String> library;

    @SuppressWarnings("ImmutableEnumChecker") // constructors have no state
    private final IntFunction<Subject> factory;

    Way(String label, Order order, Optional<String> library, IntFunction<Subject> factory) {
        this.label = label;
        this.order = order;
        this.library = library;
        this.factory = factory;
    }

    /**
     * Returns the name in tables.
     *
     * @return the name
     */
    public String label() {
        return label;
    }

    /**
     * Returns the order it promises.
     *
     * @return the order
     */
    public Order order() {
        return order;
    }

    /**
     * Returns the library that wants Kafka clients of its own.
     *
     * @return its name; nothing if this build's clients will do
     */
    public Optional<String> library() {
        return library;
    }

    /**
     * Creates the subject.
     *
     * @param concurrency how many records it may handle at once, for ways that can be told
     * @return the subject
     */
    public Subject subject(int concurrency) {
        return factory.apply(concurrency);
    }
}
