package io.bywash.benchmarks.subject;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Handles the records of one partition on a thread of its own. The poll loop calls all methods but {@link #run}. */
final class PartitionThread implements Runnable {
    /** With fewer, the thread runs dry while the poll loop is busy with the others. */
    private static final int MOST_BATCHES = 16;

    private static final List<ConsumerRecord<byte[], byte[]>> END = List.of();

    private final Work work;
    private final BlockingQueue<List<ConsumerRecord<byte[], byte[]>>> batches = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this, "partition");
    private volatile long next = -1;
    private volatile boolean stopped;

    PartitionThread(Work work) {
        this.work = work;
        thread.start();
    }

    void add(List<ConsumerRecord<byte[], byte[]>> batch) {
        batches.add(batch);
    }

    boolean isFull() {
        return batches.size() >= MOST_BATCHES;
    }

    /** Returns the offset after the last record that was handled, if there is one. */
    OptionalLong next() {
        long seen = next;
        return seen < 0 ? OptionalLong.empty() : OptionalLong.of(seen);
    }

    void stop() {
        stopped = true;
        batches.add(END);
    }

    void join() throws InterruptedException {
        thread.join();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> record : batches.take()) {
                    if (stopped) {
                        return;
                    }
                    work.handle(record);
                    next = record.offset() + 1;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
