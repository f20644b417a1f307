package io.bywash.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Dependencies run one way: {@code handlers-api <- core <- runtime -> auth}, with the test kit beside core. */
class DirectionTest {
    private static final Modules MODULES = Modules.ofThisBuild();
    private static final JavaClasses MAIN = MODULES.mainClasses();

    static final List<Modules.Module> ALL = MODULES.all();

    @ParameterizedTest
    @FieldSource("ALL")
    void everyModuleKeepsToItsOwnPackage(Modules.Module module) {
        classes()
                .should()
                .resideInAPackage(module.root() + "..")
                .because("a package belongs to one module, and this one is named " + module.root())
                .allowEmptyShould(true)
                .check(module.mainClasses());
    }

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("io.bywash.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "handler, ''",
        "auth, ''",
        "core, handler",
        "testkit, handler",
        "runtime, handler core auth",
        "monitoring, core runtime",
        "tracing, handler core runtime",
        "console, handler core auth runtime tools",
        "simulation, handler core testkit",
        "chaos, handler core runtime testkit",
        "tools, handler core runtime",
    })
    void modulesUseOnlyThoseBelowThem(String module, String below) {
        noClasses()
                .that()
                .resideInAPackage("io.bywash." + module + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.bywash..")
                        .and(not(resideInAnyPackage(packages("io.bywash.", module + " " + below)))))
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "handler, java org.apache.kafka org.jspecify",
        "auth, java javax org.apache.kafka org.jspecify",
        "core, java javax.security.auth org.apache.kafka org.jspecify org.slf4j com.codahale.metrics",
        "tracing, java org.apache.kafka org.jspecify io.opentelemetry.api io.opentelemetry.context",
    })
    void whoEmbedsAModuleGetsFewLibraries(String module, String libraries) {
        classes()
                .that()
                .resideInAPackage("io.bywash." + module + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages("", "io.bywash " + libraries))
                .allowEmptyShould(true)
                .check(MAIN);
    }

    private static String[] packages(String prefix, String names) {
        return Stream.of(names.split(" ")).map(name -> prefix + name + "..").toArray(String[]::new);
    }
}
