package io.bywash.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Habits that hold everywhere or in every library. */
class HabitsTest {
    private static final Modules MODULES = Modules.ofThisBuild();

    @Test
    void testsWaitForConditionsAndNeverSleep() {
        noClasses()
                .should()
                .accessTargetWhere(Use.of(Thread.class, "sleep").or(Use.of(TimeUnit.class, "sleep")))
                .because("a fixed time is too short on a busy machine and too long on any other")
                .allowEmptyShould(true)
                .check(MODULES.testClasses());
    }

    @Test
    void librariesWriteNothingToTheStandardStreams() {
        noClasses()
                .that()
                .resideInAnyPackage("io.bywash.handler..", "io.bywash.core..", "io.bywash.auth..")
                .should(ACCESS_STANDARD_STREAMS)
                .because("what a library has to say goes to the logger of its application")
                .allowEmptyShould(true)
                .check(MODULES.mainClasses());
    }
}
