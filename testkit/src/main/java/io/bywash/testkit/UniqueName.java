package io.bywash.testkit;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names that no other test uses, for topics, groups and transactional ids: they let tests share one cluster.
 */
public final class UniqueName {

    /** Tells the JVMs apart that may share a cluster that outlives them. */
    private static final String JVM = UUID.randomUUID().toString().substring(0, 8);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private UniqueName() {}

    /**
     * A new name. Any thread.
     *
     * @param prefix what it begins with, so that logs can be read
     */
    public static String of(String prefix) {
        return prefix + "-" + JVM + "-" + COUNT.incrementAndGet();
    }
}
