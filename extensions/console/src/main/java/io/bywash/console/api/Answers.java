package io.bywash.console.api;

import io.bywash.console.http.Json;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What Kafka was asked, asked once however many pages wait for it, and good for a while. A failure is good for nobody but those who wait
 * already. May be used by any thread.
 *
 * @param <K> what is asked
 */
final class Answers<K> {
    private static final int MOST_KEPT = 20;

    private final SlowWork slow;
    private final UnaryOperator<Duration> goodFor;
    private final Map<K, Kept> all = new LinkedHashMap<>();

    /**
     * Keeps nothing yet.
     *
     * @param slow does what is asked
     * @param goodFor says for how long an answer is good that has taken so long
     */
    Answers(SlowWork slow, UnaryOperator<Duration> goodFor) {
        this.slow = slow;
        this.goodFor = goodFor;
    }

    private record Made(byte[] json, long until) {}

    private record Kept(CompletableFuture<Made> made) {
        boolean isGood() {
            return !made.isDone() || !made.isCompletedExceptionally() && made.join().until - System.nanoTime() > 0;
        }
    }

    /** Answers a request with what is known, or with what the work comes to. */
    void answer(Context context, K question, Supplier<Object> work) {
        CompletableFuture<byte[]> answer = ask(question, work);
        context.future(() -> answer.thenAccept(json -> Json.send(context, json)));
    }

    /** Returns the answer as JSON, at once if it is known. */
    CompletableFuture<byte[]> ask(K question, Supplier<Object> work) {
        return made(question, work).thenApply(Made::json);
    }

    private synchronized CompletableFuture<Made> made(K question, Supplier<Object> work) {
        Kept kept = all.get(question);
        if (kept == null || !kept.isGood()) {
            kept = new Kept(slow.begin(() -> make(work)));
            all.remove(question);
            all.put(question, kept);
            removeEldest();
        }
        return kept.made;
    }

    private Made make(Supplier<Object> work) {
        long begin = System.nanoTime();
        byte[] json = Json.bytes(work.get());
        long end = System.nanoTime();
        return new Made(json, end + goodFor.apply(Duration.ofNanos(end - begin)).toNanos());
    }

    /** One that is still being made stays, or it would be asked for twice. */
    private void removeEldest() {
        Iterator<Kept> eldestFirst = all.values().iterator();
        while (all.size() > MOST_KEPT && eldestFirst.hasNext()) {
            if (eldestFirst.next().made.isDone()) {
                eldestFirst.remove();
            }
        }
    }

    /** What was answered to some questions is true no longer. */
    synchronized void forget(Predicate<K> which) {
        all.keySet().removeIf(which);
    }
}
