package io.bywash.core.thread;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the threads of workers: virtual ones from JDK 24 on, where {@code synchronized} no longer pins them (JEP 491), platform
 * threads below. The system property {@code bywash.virtual-threads} overrides: {@code true} asks for them from JDK 21 on,
 * {@code false} does without.
 */
public final class WorkerThreads {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);
    private static final String PROPERTY = "bywash.virtual-threads";
    private static final int FIRST_WITHOUT_PINNING = 24;
    private static final Threads CHOSEN = choose(Runtime.version().feature(), System.getProperty(PROPERTY));

    private WorkerThreads() {}

    /**
     * Returns those for this JVM.
     *
     * @return makes threads that do not keep the JVM alive
     */
    public static Threads chosen() {
        return CHOSEN;
    }

    static Threads choose(int jdk, String wish) {
        boolean wanted = wish == null ? jdk >= FIRST_WITHOUT_PINNING : Boolean.parseBoolean(wish);
        if (!wanted) {
            return WorkerThreads::platform;
        }
        try {
            return virtual();
        } catch (ReflectiveOperationException e) {
            LOG.warn("{}=true needs JDK 21 or later, but this is JDK {}; workers use platform threads", PROPERTY, jdk);
            return WorkerThreads::platform;
        }
    }

    private static Thread platform(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    private static Threads virtual() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> builderType = Class.forName("java.lang.Thread$Builder");
        Class<?> virtualType = Class.forName("java.lang.Thread$Builder$OfVirtual");
        MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtualType));
        MethodHandle factory = lookup.findVirtual(builderType, "factory", MethodType.methodType(ThreadFactory.class));
        try {
            return new Virtual((ThreadFactory) factory.invoke(ofVirtual.invoke()));
        } catch (Throwable e) {
            throw new ReflectiveOperationException("the JVM has virtual threads but would not make one", e);
        }
    }

    private static final class Virtual implements Threads {
        private static final long AWAY_NANOS = 50_000;

        private final ThreadFactory factory;
        private final Recess recess =
                new Recess(System.nanoTime(), Runtime.getRuntime().availableProcessors());

        Virtual(ThreadFactory factory) {
            this.factory = factory;
        }

        @Override
        public Thread newThread(Runnable work) {
            return factory.newThread(work);
        }

        /**
         * Sleeps, since to yield is not enough: the scheduler puts whoever yields into the queue of the same carrier, and looks for those
         * that others have made ready only once that is empty, which it may never be.
         */
        @Override
        public void letOthersGoFirst() {
            long back = System.nanoTime() + AWAY_NANOS;
            try {
                TimeUnit.NANOSECONDS.sleep(AWAY_NANOS);
                long now = System.nanoTime();
                recess.cameBack(now - back, now);
                for (long left = recess.left(now); left > 0; left = recess.left(System.nanoTime())) {
                    TimeUnit.NANOSECONDS.sleep(left);
                }
            } catch (InterruptedException e) {
                // Meant for a call that is over.
            }
        }
    }
}
