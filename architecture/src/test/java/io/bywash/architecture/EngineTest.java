package io.bywash.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import io.bywash.handler.TopicHandler;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

/** What lets one thread step the whole engine, and what keeps Kafka's clients where they belong. */
class EngineTest {
    private static final String THREADS = "io.bywash.core.thread..";
    private static final String ENVIRONMENT = "io.bywash.core.environment..";
    private static final JavaClasses MAIN = Modules.ofThisBuild().mainClasses();

    @Test
    void waitingIsHandedIn() {
        engineOutside(THREADS)
                .should()
                .accessTargetWhere(Use.of(Thread.class, "sleep", "join")
                        .or(Use.of(TimeUnit.class, "sleep", "timedWait", "timedJoin"))
                        .or(Use.of(Object.class, "wait"))
                        .or(Use.of(LockSupport.class, "park", "parkNanos", "parkUntil")))
                .because("a simulation can step only the waits that go through Waiting")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void timeAndChanceAreHandedIn() {
        engineOutside(THREADS, ENVIRONMENT)
                .should()
                .accessTargetWhere(Use.of(System.class, "nanoTime", "currentTimeMillis")
                        .or(Use.of(Instant.class, "now"))
                        .or(Use.of(InstantSource.class, "system"))
                        .or(Use.of(Clock.class, "systemUTC", "systemDefaultZone", "system"))
                        .or(Use.of(Math.class, "random"))
                        .or(Use.of(Random.class, "<init>"))
                        .or(Use.of(ThreadLocalRandom.class))
                        .or(Use.of(UUID.class, "randomUUID")))
                .because("a seeded run must see the same time and the same chance twice")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void threadsAreHandedIn() {
        engineOutside(THREADS, ENVIRONMENT)
                .should()
                .accessTargetWhere(Use.of(Thread.class, "<init>", "start").or(Use.of(Executors.class)))
                .because("work and thread are two classes, and a StepRunner brings them together")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void nothingWakesTheConsumerUp() {
        engineOutside()
                .should()
                .accessTargetWhere(Use.of(Consumer.class, "wakeup"))
                .because("a wakeup is sticky and makes the next commitSync throw; the poll thread looks for itself")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void whoTouchesTheConsumerNeitherHandlesNorProduces() {
        engineOutside()
                .and(use(Use.of(Consumer.class)))
                .should()
                .accessTargetWhere(Use.of(TopicHandler.class, "handle").or(Use.of(Producer.class, "send", "flush")))
                .because("either may block, and the poll thread must not")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    private static GivenClassesConjunction engineOutside(String... packages) {
        return noClasses().that().resideInAPackage("io.bywash.core..").and().resideOutsideOfPackages(packages);
    }

    private static DescribedPredicate<JavaClass> use(DescribedPredicate<JavaAccess<?>> access) {
        return describe(
                access.getDescription(),
                type -> type.getAccessesFromSelf().stream().anyMatch(access));
    }
}
