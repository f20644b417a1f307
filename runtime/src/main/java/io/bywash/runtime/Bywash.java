package io.bywash.runtime;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.GroupConsumer;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.runtime.plan.Preparation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * All consumers of one application, as configuration and handlers describe them. All methods may be called from any thread.
 *
 * <pre>{@code
 * try (Bywash bywash = Bywash.builder().handler(new OrderHandler()).start()) {
 *     bywash.awaitEnd(Duration.ofHours(1));
 * }
 * }</pre>
 */
public final class Bywash implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final Preparation preparation;
    private final Map<String, GroupConsumer> consumers;
    private final MetricRegistry metrics;
    private final Extensions extensions;
    private final JmxView jmx;

    private Bywash(Preparation preparation, ConsumerFactory factory, Extensions extensions) {
        this.preparation = preparation;
        this.extensions = extensions;
        this.metrics = factory.metrics();
        this.jmx = new JmxView(metrics, ManagementFactory.getPlatformMBeanServer());
        this.consumers = factory.createAll(preparation.plan().consumers());
    }

    /**
     * Begins to describe an application.
     *
     * @return a builder
     */
    public static BywashBuilder builder() {
        return new BywashBuilder();
    }

    static Bywash of(Preparation preparation, ConsumerFactory factory, Extensions extensions) {
        try {
            preparation.requireBrokers();
            preparation.problems().throwIfAny();
            return new Bywash(preparation, factory, extensions);
        } catch (RuntimeException | Error e) {
            // Nobody else will close these, and the class loaders of the handlers.
            extensions.close();
            preparation.plan().discovered().close();
            throw e;
        }
    }

    /**
     * Shows the metrics by JMX, starts the extensions and then every consumer. Returns before they have joined their groups. An extension that does not start
     * is reported in the log, and the consumers run without it.
     *
     * @throws ConsumerFailedException if a handler does not open; the consumers started before are closed again
     * @throws IllegalStateException if it was started before
     */
    public void start() {
        jmx.start();
        extensions.start(this);
        for (GroupConsumer consumer : consumers.values()) {
            try {
                consumer.start();
            } catch (ConsumerFailedException e) {
                close();
                throw e;
            }
        }
    }

    /**
     * Returns what all of this was made of.
     *
     * @return the configuration, the plan, and what looks like a mistake
     */
    public Preparation preparation() {
        return preparation;
    }

    /**
     * Returns the consumers.
     *
     * @return the consumers by name
     */
    public Map<String, GroupConsumer> consumers() {
        return consumers;
    }

    /**
     * Returns where the metrics of all consumers are.
     *
     * @return the registry
     */
    public MetricRegistry metrics() {
        return metrics;
    }

    /**
     * Returns the state of the whole, which is that of the consumer that is worst off.
     *
     * @return FAILED if one has failed; then in this order DRAINING, DEGRADED, STARTING, CREATED or RUNNING if one is; CLOSED if all
     *     are
     */
    public ConsumerState state() {
        List<ConsumerState> worstFirst = List.of(
                ConsumerState.FAILED,
                ConsumerState.DRAINING,
                ConsumerState.DEGRADED,
                ConsumerState.STARTING,
                ConsumerState.CREATED,
                ConsumerState.RUNNING,
                ConsumerState.CLOSED);
        int worst = consumers.values().stream()
                .mapToInt(consumer -> worstFirst.indexOf(consumer.state()))
                .min()
                .orElse(worstFirst.size() - 1);
        return worstFirst.get(worst);
    }

    /**
     * Tells whether every consumer has joined its group and its broker answers.
     *
     * @return true while all are ready
     */
    public boolean isReady() {
        return consumers.values().stream().allMatch(GroupConsumer::isReady);
    }

    /**
     * Returns the failure of the first consumer that has failed.
     *
     * @return the failure, once there is one
     */
    public Optional<ConsumerFailedException> failure() {
        return consumers.values().stream()
                .flatMap(consumer -> consumer.failure().stream())
                .findFirst();
    }

    /**
     * Waits until a consumer has failed or all are closed.
     *
     * @param timeout how long
     * @return whether that is so
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        while (!state().isFinal()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            // Each consumer wakes only those who wait for it, so the others are looked at from time to time.
            TimeUnit.NANOSECONDS.sleep(Math.min(left, GLANCE.toNanos()));
        }
        return true;
    }

    /**
     * Closes every consumer, all at once: they take no more records, let the calls in flight finish, commit, leave their groups and
     * close their handlers.
     *
     * @param timeout how long all of it may take
     * @return whether all consumers are over
     */
    public boolean close(Duration timeout) {
        return closeAll(consumer -> consumer.close(timeout));
    }

    /**
     * Closes every consumer within its own drain time-out.
     *
     * @return whether all consumers are over
     */
    public boolean closeInTime() {
        return closeAll(consumer -> consumer.close(consumer.settings().timing().drainTimeout()));
    }

    /** Closes every consumer within its own drain time-out. */
    @Override
    public void close() {
        closeInTime();
    }

    private boolean closeAll(Predicate<GroupConsumer> closing) {
        List<CompletableFuture<Boolean>> closings = consumers.values().stream()
                .map(consumer -> CompletableFuture.supplyAsync(
                        () -> closing.test(consumer),
                        work -> new Thread(
                                        work,
                                        "bywash-close-" + consumer.settings().name())
                                .start()))
                .toList();
        boolean over = closings.stream().map(CompletableFuture::join).reduce(true, Boolean::logicalAnd);
        extensions.close();
        jmx.close();
        // The class loaders stay open, for the shutdown hooks of what handlers brought. The garbage collector closes
        // their jars.
        return over;
    }
}
