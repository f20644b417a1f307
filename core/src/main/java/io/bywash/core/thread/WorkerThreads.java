package io.bywash.core.thread;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
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

    private record Virtual(ThreadFactory factory) implements Threads {
        private static final int AWAY_NANOS = 50_000;

        @Override
        public Thread newThread(Runnable work) {
            return factory.newThread(work);
        }

        /**
         * Sleeps, since to yield is not enough: the scheduler puts whoever yields into the queue of the same carrier, and looks for those
         * that others have made ready only once that is empty, which it may never be. Those who sleep come back through one queue
         * as well, and a carrier stays with a queue as long as it has tasks: with more workers that compute than processors, one that
         * is made ready anew may have to wait until one of them has nothing to do.
         */
        @Override
        public void letOthersGoFirst() {
            try {
                Thread.sleep(0, AWAY_NANOS);
            } catch (InterruptedException e) {
                // Meant for a call that is over.
            }
        }
    }
}
