package headcache.demos;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** How the house is laid out: who may know whom, and what may not be used where. */
@AnalyzeClasses(packages = "headcache", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    /** The packages of the actors module, ground floor first: none knows one that stands later in the list. */
    private static final List<String> FLOORS = List.of(
            "step",
            "cache",
            "slab",
            "middle",
            "cpu",
            "policy",
            "memory",
            "nic",
            "machine",
            "audit",
            "workload",
            "cost",
            "metrics");

    /** Where what happens is a matter of messages and their order alone. */
    private static final String[] DETERMINISTIC =
            packages("audit", "cache", "slab", "step", "middle", "cpu", "memory", "nic");

    private static final String[] ACTORS = packages(FLOORS.toArray(String[]::new));

    private static final DescribedPredicate<JavaClass> ARE_STEPS = simpleNameEndingWith("Step")
            .or(assignableTo("headcache.step.Step"))
            .and(not(resideInAPackage("headcache.kit..")))
            .as("are steps");

    @ArchTest
    static final ArchRule modulesKnowOneAnotherOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("protocol")
            .definedBy("headcache.protocol..")
            .layer("actors")
            .definedBy(ACTORS)
            .layer("property-tests")
            .definedBy("headcache.kit..", "headcache.verify..")
            .layer("demos")
            .definedBy("headcache.demos..")
            .whereLayer("protocol")
            .mayNotAccessAnyLayer()
            .whereLayer("actors")
            .mayOnlyAccessLayers("protocol")
            .whereLayer("property-tests")
            .mayOnlyAccessLayers("actors", "protocol");

    @ArchTest
    static final ArchRule floorsKnowOnlyFloorsBelow = CompositeArchRule.of(FLOORS.subList(0, FLOORS.size() - 1).stream()
            .map(ArchitectureTest::knowsNoFloorAbove)
            .toList());

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("headcache.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    /** A shell is what puts a step into an actor, so it must know both; it is named for that. */
    @ArchTest
    static final ArchRule pureFloorsKnowNoActors = noClasses()
            .that(resideInAnyPackage(packages("cache", "slab"))
                    .or(resideInAPackage("headcache.step..").and(not(simpleNameStartingWith("Shell")))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("akka..", "org.slf4j..", "java.time..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule stepsKnowNoActorsClocksOrLogs = noClasses()
            .that(ARE_STEPS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("akka..", "org.slf4j..", "java.time..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule machineAsksNoClock = noClasses()
            .that()
            .resideInAnyPackage(DETERMINISTIC)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule machineThrowsNoUnseededDice = noClasses()
            .that()
            .resideInAnyPackage(ACTORS)
            .should()
            .callConstructor(Random.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat(assignableTo(ThreadLocalRandom.class))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule actorsDoNotBlockOrShare = noClasses()
            .that()
            .resideInAnyPackage(DETERMINISTIC)
            .should()
            .dependOnClassesThat(resideInAPackage("java.util.concurrent..")
                    .or(assignableTo(Thread.class))
                    .or(assignableTo("akka.actor.typed.javadsl.AskPattern$")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingIsSynchronized = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(ACTORS)
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule whatIsSaidDoesNotChange = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage("headcache.protocol..")
            .should()
            .beFinal()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule kitKnowsNothingOfThisMachine = noClasses()
            .that()
            .resideInAPackage("headcache.kit..")
            .should()
            .dependOnClassesThat(resideInAPackage("headcache..").and(not(resideInAPackage("headcache.kit.."))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyItsOwnCornerKnowsJqwik = noClasses()
            .that(not(resideInAPackage("headcache.kit.jqwik..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("net.jqwik.."));

    @ArchTest
    static final ArchRule onlyThePeoplesFloorPrints = noClasses()
            .that(not(resideInAPackage("headcache.demos..")))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    private static String[] packages(final String... floors) {
        return Arrays.stream(floors).map(floor -> "headcache." + floor + "..").toArray(String[]::new);
    }

    private static ArchRule knowsNoFloorAbove(final String floor) {
        final List<String> above = FLOORS.subList(FLOORS.indexOf(floor) + 1, FLOORS.size());
        return noClasses()
                .that()
                .resideInAPackage("headcache." + floor + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(above.toArray(String[]::new)))
                .allowEmptyShould(true);
    }
}
