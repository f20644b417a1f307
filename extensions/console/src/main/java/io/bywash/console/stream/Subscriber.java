package io.bywash.console.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One open page. It has at most one frame under way; what comes meanwhile it misses, and is sent the whole when it reads again. One
 * that does not read at all is dropped when the connection has been idle for too long. No thread waits for it.
 *
 * <p>Offered to by the thread that ticks, called back by those of the server. Guarded by itself.
 */
final class Subscriber implements WriteListener {
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final ServletOutputStream out;
    private final Consumer<Subscriber> gone;
    private byte @Nullable [] next;
    private boolean idle;
    private boolean unflushed;
    private boolean missed = true;

    Subscriber(ServletOutputStream out, Consumer<Subscriber> gone) {
        this.out = out;
        this.gone = gone;
    }

    void offer(Frame frame) {
        try {
            write(frame);
        } catch (IOException | RuntimeException e) {
            onError(e);
        }
    }

    private synchronized void write(Frame frame) throws IOException {
        if (!idle) {
            missed = true;
            return;
        }
        next = missed ? frame.whole().get() : frame.delta();
        missed = false;
        proceed();
    }

    @Override
    public synchronized void onWritePossible() throws IOException {
        proceed();
    }

    /** Each write and each flush may leave the stream busy; then the server calls when it is not. */
    private void proceed() throws IOException {
        idle = false;
        while (out.isReady()) {
            if (next != null) {
                byte[] frame = next;
                next = null;
                unflushed = true;
                out.write(frame);
            } else if (unflushed) {
                unflushed = false;
                out.flush();
            } else {
                idle = true;
                return;
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The reader is gone, or stopped reading; nobody is left who could be told.
        close();
    }

    void close() {
        gone.accept(this);
        end.complete(null);
    }

    /** Completes when the page is gone. */
    CompletableFuture<Void> end() {
        return end;
    }
}
