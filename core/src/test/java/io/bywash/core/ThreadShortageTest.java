package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.environment.Environment;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.KeyLog;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.Ordering;
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import io.bywash.core.thread.StepRunner;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the system gives fewer threads than there may be lanes, those that run do the work. */
class ThreadShortageTest {
    private static final int GIVEN = 3;

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @AutoClose
    private final Members members = new Members();

    private final KeyLog log = new KeyLog();
    private final Gate gate = new Gate();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void lanesThatGetNoThreadAreDoneWithout() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        List<String> written = group.produceTo(
                0, IntStream.range(0, 200).mapToObj(i -> "key " + i % 50).toList());
        GroupConsumer consumer = members.start(group.member("a", log.handler((record, context) -> gate.pass()))
                .ordering(Ordering.key(100_000))
                .environment(withFewThreads()));
        gate.awaitWaiting(GIVEN);
        gate.open();
        group.awaitNoLag();
        log.assertEachOnce(written);
        log.assertOrder();
        assertTrue(consumer.isReady());
        assertEquals(1, refused.get(), "nobody asks again for what there is not");
    }

    private Environment withFewThreads() {
        Environment system = Environment.system();
        return new Environment(
                system.ticker(),
                system.clock(),
                system.waiting(),
                system.runner(),
                new FewThreads(system.workers()),
                system.calls(),
                system.random(),
                system.processors(),
                system.clients());
    }

    /** Fails as {@link Thread#start()} does. */
    private final class FewThreads implements StepRunner {
        private final StepRunner runner;

        FewThreads(StepRunner runner) {
            this.runner = runner;
        }

        @Override
        public Running prepare(String name, Step step) {
            Running running = runner.prepare(name, step);
            return name.endsWith("-lane-" + GIVEN) ? new Refused(running) : running;
        }

        @Override
        public Object current() {
            return runner.current();
        }
    }

    private final class Refused implements Running {
        private final Running running;

        Refused(Running running) {
            this.running = running;
        }

        @Override
        public void start() {
            refused.incrementAndGet();
            throw new OutOfMemoryError(
                    "unable to create native thread: possibly out of memory or process/resource limits");
        }

        @Override
        public void signal() {
            running.signal();
        }

        @Override
        public void interrupt() {
            running.interrupt();
        }

        @Override
        public boolean isAlive() {
            return running.isAlive();
        }

        @Override
        public String name() {
            return running.name();
        }

        @Override
        public List<StackTraceElement> stack() {
            return running.stack();
        }
    }
}
