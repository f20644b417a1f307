package io.bywash.console.stream;

import io.bywash.console.http.Refusal;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All open pages. One thread makes a frame at every tick, which they share. */
public final class Broadcast implements AutoCloseable {
    /** Each costs a connection; an operator has a handful. */
    public static final int MOST_STREAMS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final Supplier<Frame> frames;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "bywash-console-stream");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Creates the broadcast.
     *
     * @param frames makes the frames, always on the same thread
     */
    public Broadcast(Supplier<Frame> frames) {
        this.frames = frames;
    }

    /**
     * Begins to tick.
     *
     * @param period the time between two frames
     */
    public void start(Duration period) {
        ticker.scheduleWithFixedDelay(this::tick, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        if (subscribers.isEmpty()) {
            return;
        }
        try {
            Frame frame = frames.get();
            subscribers.forEach(subscriber -> subscriber.offer(frame));
        } catch (RuntimeException e) {
            // Thrown further, it would end the ticks for good.
            LOG.error("a frame of the console's stream was left out", e);
        }
    }

    /**
     * Takes a request as an open page. Its thread returns at once.
     *
     * @param context the request
     * @throws IOException if it is gone already
     * @throws Refusal if there are too many
     */
    public void subscribe(Context context) throws IOException {
        if (subscribers.size() >= MOST_STREAMS) {
            throw new Refusal(
                    Refusal.TOO_MANY,
                    "too many streams",
                    MOST_STREAMS + " pages are open, which is the most; close some of them");
        }
        HttpServletResponse response = context.res();
        response.setContentType("text/event-stream; charset=utf-8");
        // Proxies such as nginx would collect events otherwise.
        response.setHeader("X-Accel-Buffering", "no");
        ServletOutputStream out = response.getOutputStream();
        Subscriber subscriber = new Subscriber(out, subscribers::remove);
        context.future(() -> {
            subscribers.add(subscriber);
            out.setWriteListener(subscriber);
            return subscriber.end();
        });
    }

    /**
     * Counts the pages.
     *
     * @return how many are open
     */
    public int size() {
        return subscribers.size();
    }

    /** Ends the streams. */
    @Override
    public void close() {
        ticker.shutdownNow();
        subscribers.forEach(Subscriber::close);
    }
}
