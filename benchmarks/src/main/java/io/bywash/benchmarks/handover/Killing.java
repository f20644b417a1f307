package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.handover.Journal.Entry;
import io.bywash.benchmarks.load.Payload;
import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.ledger.DoneRanges;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One of two members is killed.
 *
 * @param recoverySeconds until all its partitions were handled again
 * @param completed how many records it had completed at or beyond the offset committed of their partition
 * @param untold how many of these its commits did not tell of; the same number for a way whose metadata is not Bywash's
 * @param again how many records were handled a second time
 */
record Killing(double recoverySeconds, int completed, int untold, int again) {
    private static final int SETTLE_SECONDS = 8;
    private static final int AFTERMATH_SECONDS = 8;

    static Killing run(Trial trial) throws IOException, InterruptedException, ExecutionException {
        trial.join();
        Member victim = trial.join();
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        victim.kill();
        long killed = Payload.nowMicros();
        Map<TopicPartition, OffsetAndMetadata> committed = committed(trial);
        Set<Integer> orphans = trial.owners().entrySet().stream()
                .filter(owner -> owner.getValue().equals(victim))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        List<Entry> beyond = victim.handled().stream()
                .filter(entry -> orphans.contains(entry.partition()))
                .filter(entry -> entry.offset()
                        >= committed.getOrDefault(at(trial, entry), NOTHING).offset())
                .toList();
        int untold = (int) beyond.stream()
                .filter(entry -> !isTold(entry, committed.getOrDefault(at(trial, entry), NOTHING)))
                .count();
        Trial.awaitOne(() -> recovered(trial, killed).containsAll(orphans), "no member takes over " + orphans);
        long over = trial.handled().stream()
                .filter(entry -> entry.micros() > killed && orphans.contains(entry.partition()))
                .collect(Collectors.toMap(Entry::partition, Entry::micros, Math::min))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(killed);
        TimeUnit.SECONDS.sleep(AFTERMATH_SECONDS);
        List<Entry> all = trial.handled();
        long distinct = all.stream()
                .map(entry -> at(trial, entry) + "@" + entry.offset())
                .distinct()
                .count();
        return new Killing((over - killed) / 1e6, beyond.size(), untold, (int) (all.size() - distinct));
    }

    private static final OffsetAndMetadata NOTHING = new OffsetAndMetadata(0);

    private static TopicPartition at(Trial trial, Entry entry) {
        return new TopicPartition(trial.group().topic(), entry.partition());
    }

    private static boolean isTold(Entry entry, OffsetAndMetadata committed) {
        if (!committed.metadata().startsWith("bywash/")) {
            return false;
        }
        DoneRanges done = CommittedOffset.origin(entry.partition(), committed).done();
        for (int range = 0; range < done.count(); range++) {
            if (done.first(range) <= entry.offset() && entry.offset() < done.end(range)) {
                return true;
            }
        }
        return false;
    }

    private static Set<Integer> recovered(Trial trial, long killed) throws IOException {
        return trial.handled().stream()
                .filter(entry -> entry.micros() > killed)
                .map(Entry::partition)
                .collect(Collectors.toSet());
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(Trial trial)
            throws ExecutionException, InterruptedException {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", trial.group().bootstrap()))) {
            return admin.listConsumerGroupOffsets(trial.group().name())
                    .partitionsToOffsetAndMetadata()
                    .get();
        }
    }
}
