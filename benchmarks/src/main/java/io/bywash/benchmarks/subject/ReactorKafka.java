package io.bywash.benchmarks.subject;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverRecord;

/** The two ways to handle records with reactor-kafka: in the order they come, or split by the hash of the key. */
final class ReactorKafka {
    /** With the default of 256 the records of one poll fill the buffers, and a busy group stops all others. */
    private static final int PREFETCH = 16_384;

    /** Enough for what comes between two commits; when it is reached, the receiver pauses until the next. */
    private static final int DEFERRED_COMMITS = 2_000_000;

    private ReactorKafka() {}

    private static ReceiverOptions<byte[], byte[]> options(Workload workload, Closing closing) {
        return ReceiverOptions.<byte[], byte[]>create(workload.properties())
                .consumerListener(closing)
                .withKeyDeserializer(new ByteArrayDeserializer())
                .withValueDeserializer(new ByteArrayDeserializer())
                .subscription(Set.of(workload.topic()));
    }

    /** Notices when the receiver has closed its consumer, which it does some time after it is disposed of. */
    private static final class Closing implements ReceiverOptions.ConsumerListener {
        private static final long PATIENCE_SECONDS = 10;

        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public void consumerAdded(String id, Consumer<?, ?> consumer) {}

        @Override
        public void consumerRemoved(String id, Consumer<?, ?> consumer) {
            closed.countDown();
        }

        void stop(Disposable subscription) throws InterruptedException {
            subscription.dispose();
            closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void handle(ReceiverRecord<byte[], byte[]> record, Work work) {
        work.handleUnchecked(record);
        record.receiverOffset().acknowledge();
    }

    /** Handles record after record; commits every 5 s, the default. */
    static final class Inline implements Subject {

        @Override
        public Stop start(Workload workload, Work work) {
            Closing closing = new Closing();
            Disposable subscription = KafkaReceiver.create(options(workload, closing))
                    .receive()
                    .doOnNext(record -> handle(record, work))
                    .subscribe();
            return () -> closing.stop(subscription);
        }
    }

    /** Gives the records to as many threads, by the hash of their key. */
    static final class ByKey implements Subject {
        private final int threads;

        ByKey(int threads) {
            this.threads = threads;
        }

        @Override
        public Stop start(Workload workload, Work work) {
            Scheduler scheduler = Schedulers.newParallel("by-key", threads);
            Closing closing = new Closing();
            ReceiverOptions<byte[], byte[]> options = options(workload, closing)
                    .maxDeferredCommits(DEFERRED_COMMITS)
                    .commitInterval(Duration.ofSeconds(1));
            Flux<ReceiverRecord<byte[], byte[]>> handled = KafkaReceiver.create(options)
                    .receive()
                    .groupBy(record -> Math.floorMod(Arrays.hashCode(record.key()), threads), PREFETCH)
                    .flatMap(
                            group -> group.publishOn(scheduler, PREFETCH).doOnNext(record -> handle(record, work)),
                            threads,
                            PREFETCH);
            Disposable subscription = handled.subscribe();
            return () -> {
                closing.stop(subscription);
                scheduler.dispose();
            };
        }
    }
}
