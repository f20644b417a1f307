package io.bywash.core.lane;

import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.Batching;
import io.bywash.core.thread.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands items out in groups: an item with those that wait for it, once they are as many as go into one call, or the first has waited
 * long enough. An item that has failed goes by itself. Belongs to the turn of a {@link Sequencer}.
 */
final class Gathering implements Supply {
    private final PartitionSession session;
    private final Batching limits;
    private final Ticker ticker;
    /** In the order in which they are due, as all wait equally long. One leaves when it is full, so that it holds no memory. */
    private final Set<Result.Gathered> waiting = new LinkedHashSet<>();

    private final Deque<Result.Gathered> full = new ArrayDeque<>();
    private final Set<Item> alone = new HashSet<>();

    Gathering(PartitionSession session, Batching limits, Ticker ticker) {
        this.session = session;
        this.limits = limits;
        this.ticker = ticker;
    }

    @Override
    public void ready(Item item) {
        Result.Gathered fresh =
                new Result.Gathered(item, ticker.nanos() + limits.maxWait().toNanos());
        for (Item next = item.behind; next != null && !isFull(fresh); next = next.behind) {
            grow(fresh, next);
        }
        item.result = fresh;
        if (isFull(fresh) || isAlone(item)) {
            full.add(fresh);
        } else {
            waiting.add(fresh);
        }
    }

    @Override
    public void joined(Item head, Item item) {
        if (head.result instanceof Result.Gathered gathered && !isFull(gathered)) {
            grow(gathered, item);
            if (isFull(gathered)) {
                waiting.remove(gathered);
                full.add(gathered);
            }
        }
    }

    private static void grow(Result.Gathered gathered, Item by) {
        gathered.size++;
        gathered.bytes += by.bytes;
    }

    private boolean isFull(Result.Gathered gathered) {
        return gathered.size >= limits.maxRecords() || gathered.bytes >= limits.maxBytes();
    }

    @Override
    public void again(Item item) {
        Result.Gathered fresh = new Result.Gathered(item, ticker.nanos());
        item.result = fresh;
        full.add(fresh);
    }

    @Override
    public void separate(List<Item> items) {
        alone.addAll(items);
    }

    @Override
    public void completed(Item item) {
        alone.remove(item);
    }

    @Override
    public @Nullable Item poll() {
        Result.Gathered next = full.poll();
        if (next == null) {
            next = nextDue();
        }
        if (next == null) {
            return null;
        }
        Item head = next.head;
        head.result = new Result.Group(group(head));
        return head;
    }

    private Result.@Nullable Gathered nextDue() {
        if (!isDue()) {
            return null;
        }
        Result.Gathered next = waiting.iterator().next();
        waiting.remove(next);
        return next;
    }

    private boolean isDue() {
        return !waiting.isEmpty() && ticker.nanos() - due() >= 0;
    }

    private List<Item> group(Item head) {
        List<Item> group = new ArrayList<>();
        long bytes = 0;
        Item next = head;
        while (next != null && group.size() < limits.maxRecords() && bytes < limits.maxBytes()) {
            boolean single = isAlone(next);
            if (single && next != head) {
                break;
            }
            group.add(next);
            bytes += next.bytes;
            next = single ? null : next.behind;
        }
        return List.copyOf(group);
    }

    private boolean isAlone(Item item) {
        return alone.contains(item) || session.failed().of(item.record).isPresent();
    }

    @Override
    public boolean hasReady() {
        return !full.isEmpty() || isDue();
    }

    @Override
    public long due() {
        return waiting.isEmpty() ? NEVER : waiting.iterator().next().due;
    }
}
