package io.bywash.benchmarks.subject;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.util.List;

/** Confluent's parallel-consumer, which commits every 5 s by default. */
final class ParallelConsumer implements Subject {
    private final ProcessingOrder order;
    private final int concurrency;

    ParallelConsumer(ProcessingOrder order, int concurrency) {
        this.order = order;
        this.concurrency = concurrency;
    }

    @Override
    public Stop start(Workload workload, Work work) {
        ParallelConsumerOptions<byte[], byte[]> options = ParallelConsumerOptions.<byte[], byte[]>builder()
                .consumer(workload.newConsumer())
                .ordering(order)
                .maxConcurrency(concurrency)
                .commitMode(CommitMode.PERIODIC_CONSUMER_ASYNCHRONOUS)
                .build();
        ParallelStreamProcessor<byte[], byte[]> processor = ParallelStreamProcessor.createEosStreamProcessor(options);
        processor.subscribe(List.of(workload.topic()));
        processor.poll(context -> work.handleUnchecked(context.getSingleConsumerRecord()));
        return processor::closeDontDrainFirst;
    }
}
