package io.bywash.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JmxViewTest {
    private static final int METRICS = 100;

    private final MetricRegistry metrics = new MetricRegistry();
    private final MBeanServer real = MBeanServerFactory.newMBeanServer();
    private final CountDownLatch answers = new CountDownLatch(1);
    private final CountDownLatch registered = new CountDownLatch(METRICS);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** A server that registers nothing until it is told to answer. */
    private MBeanServer slow() {
        return (MBeanServer) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MBeanServer.class}, (proxy, method, arguments) -> {
                    boolean registers = method.getName().equals("registerMBean");
                    if (registers) {
                        answers.await();
                        threads.add(Thread.currentThread());
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (registers) {
                            registered.countDown();
                        }
                    }
                });
    }

    /** The poll thread registers and removes some for each partition, while the whole group waits for it. */
    @Test
    void whoRegistersAMetricDoesNotWaitForItsBean() throws Exception {
        try (JmxView view = new JmxView(metrics, slow())) {
            view.start();
            for (int number = 0; number < METRICS; number++) {
                metrics.register("bywash.lag-" + number, (Gauge<Integer>) () -> 7);
            }
            metrics.remove("bywash.lag-0");
            assertEquals(Set.of(), shown(), "nothing is shown yet, and nobody has waited");
            answers.countDown();
            assertTrue(registered.await(30, TimeUnit.SECONDS));
            ObjectName last = new ObjectName("io.bywash:name=bywash.lag-" + (METRICS - 1) + ",type=gauges");
            assertEquals(7, real.getAttribute(last, "Value"));
            assertEquals(
                    Set.of("bywash-jmx"),
                    Set.of(threads.stream().map(Thread::getName).toArray()));
        }
        assertEquals(Set.of(), shown());
    }

    private Set<ObjectName> shown() throws Exception {
        return real.queryNames(new ObjectName("io.bywash:*"), null);
    }
}
