package io.bywash.core.thread;

import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs every step on a thread of its own until it is done. */
public final class ThreadRunner implements StepRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadRunner.class);

    private final ThreadFactory threads;

    /**
     * Creates a runner.
     *
     * @param threads makes the threads; the runner names them
     */
    public ThreadRunner(ThreadFactory threads) {
        this.threads = threads;
    }

    @Override
    public Running prepare(String name, Step step) {
        return new StepThread(name, step, threads);
    }

    @Override
    public Object current() {
        return Thread.currentThread();
    }

    private static final class StepThread implements Running {
        private final String name;
        private final Step step;
        private final Thread thread;
        private volatile boolean signalled;
        private volatile boolean alive = true;

        StepThread(String name, Step step, ThreadFactory threads) {
            this.name = name;
            this.step = step;
            this.thread = threads.newThread(this::loop);
            this.thread.setName(name);
        }

        @Override
        public void start() {
            thread.start();
        }

        private void loop() {
            try {
                Next next = step.step();
                while (!(next instanceof Next.Done)) {
                    await(next);
                    // An interrupt was meant for a call that is over by now; kept, it would hit the next call or turn
                    // parks into a spin.
                    Thread.interrupted();
                    next = step.step();
                }
            } catch (Throwable failure) {
                LOG.error("{} ended by a failure that its work should have handled", name, failure);
                throw failure;
            } finally {
                alive = false;
            }
        }

        private void await(Next next) {
            if (next instanceof Next.Now) {
                return;
            }
            if (next instanceof Next.AfterOthers) {
                Thread.yield();
                return;
            }
            // A park may return early for no reason, which costs one step that finds nothing to do.
            if (!signalled) {
                if (next instanceof Next.At at) {
                    LockSupport.parkNanos(this, at.nanos() - System.nanoTime());
                } else {
                    LockSupport.park(this);
                }
            }
            signalled = false;
        }

        @Override
        public void signal() {
            signalled = true;
            LockSupport.unpark(thread);
        }

        @Override
        public void interrupt() {
            thread.interrupt();
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<StackTraceElement> stack() {
            return List.of(thread.getStackTrace());
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
