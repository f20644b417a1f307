package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.handover.Journal.Entry;
import io.bywash.benchmarks.handover.Member.Group;
import io.bywash.benchmarks.load.Content;
import io.bywash.benchmarks.load.SteadyLoad;
import io.bywash.benchmarks.load.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A group under a steady load whose members come and go. One trial has a topic and a group of its own. */
final class Trial implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String MEMBER = "member-";

    private final Group group;
    private final Path folder;
    private final Deque<Member> ready;
    private final List<Member> members = new ArrayList<>();
    private final CompletableFuture<Void> load;
    private volatile boolean loading = true;

    private Trial(Group group, Path folder, List<Member> ready, SteadyLoad steady, Content content) {
        this.group = group;
        this.folder = folder;
        this.ready = new ArrayDeque<>(ready);
        load = CompletableFuture.runAsync(
                () -> steady.send(group.topic(), content, () -> loading),
                work -> new Thread(work, "steady-load").start());
    }

    /** Begins one of up to so many members, whose processes are ready when the load begins. */
    static Trial begin(Group group, SteadyLoad steady, Content content, int most)
            throws IOException, ExecutionException, InterruptedException {
        new Topics(group.bootstrap()).create(group.topic(), content.partitions());
        Path folder = Files.createTempDirectory("handover-");
        List<Member> ready = new ArrayList<>();
        try {
            for (int i = 0; i < most; i++) {
                ready.add(Member.start(group, group.name() + "-rehearsal-" + i, folder.resolve(MEMBER + i)));
            }
            for (Member member : ready) {
                member.awaitReady();
            }
        } catch (IOException e) {
            ready.forEach(Member::close);
            throw e;
        }
        return new Trial(group, folder, ready, steady, content);
    }

    /** Lets a member join and waits until it handles records. */
    Member join() throws IOException, InterruptedException {
        Member member = ready.remove();
        members.add(member);
        member.join();
        awaitOne(() -> !member.handled().isEmpty(), "a member of " + group.name() + " handles no record");
        return member;
    }

    /** What is waited for. */
    interface Condition {
        boolean holds() throws IOException;
    }

    static void awaitOne(Condition condition, String complaint) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(complaint + " within " + PATIENCE_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Returns who handled each partition last. */
    Map<Integer, Member> owners() throws IOException {
        record Last(Member member, Entry entry) {}
        List<Last> all = new ArrayList<>();
        for (Member member : members) {
            member.handled().forEach(entry -> all.add(new Last(member, entry)));
        }
        return all.stream()
                .collect(Collectors.toMap(
                        last -> last.entry().partition(),
                        last -> last,
                        (one, other) -> one.entry().micros() > other.entry().micros() ? one : other))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, last -> last.getValue().member()));
    }

    /** Returns what all members handled. */
    List<Entry> handled() throws IOException {
        List<Entry> all = new ArrayList<>();
        for (Member member : members) {
            all.addAll(member.handled());
        }
        return all;
    }

    Group group() {
        return group;
    }

    @Override
    public void close() throws IOException {
        loading = false;
        try {
            load.join();
        } finally {
            int most = members.size() + ready.size();
            members.forEach(Member::close);
            ready.forEach(Member::close);
            for (int i = 0; i < most; i++) {
                Files.deleteIfExists(folder.resolve(MEMBER + i));
            }
            Files.delete(folder);
        }
    }
}
