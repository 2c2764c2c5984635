package bailiff.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may import whom. Think hard before changing a rule here: the reasons stand in ARCHITECTURE.md. */
class ArchitectureTest {

    private static final JavaClasses BAILIFF = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("bailiff");

    private static final String[] ENGINE = {
        "bailiff.net..", "bailiff.line..", "bailiff.filter..", "bailiff.evidence..", "bailiff.ban.."
    };

    /** Without this a wrong class path would let every other rule pass. */
    @Test
    void importer_findsTheWholeProgram() {
        assertThat(BAILIFF).hasSizeGreaterThan(200);
        assertThat(packages())
                .contains(
                        "bailiff.net",
                        "bailiff.line",
                        "bailiff.filter",
                        "bailiff.evidence",
                        "bailiff.ban",
                        "bailiff.config",
                        "bailiff.source",
                        "bailiff.ledger",
                        "bailiff.enforce",
                        "bailiff.action",
                        "bailiff.control",
                        "bailiff.wire",
                        "bailiff.door",
                        "bailiff.shield",
                        "bailiff.report",
                        "bailiff.guard",
                        "bailiff.doctor",
                        "bailiff.cli");
    }

    @Test
    void engine_dependsOnNothingButTheLanguage() {
        noClasses()
                .that()
                .resideInAnyPackage(ENGINE)
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(ENGINE).or(resideInAnyPackage("java..", "org.jspecify.."))))
                .check(BAILIFF);
    }

    @Test
    void engine_doesNoInputOrOutputAndStartsNoThread() {
        noClasses()
                .that()
                .resideInAnyPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.sql..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Process.class, ProcessBuilder.class, java.io.File.class)
                .check(BAILIFF);
    }

    @Test
    void engine_asksNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(ENGINE)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.time.Clock.class)
                .check(BAILIFF);
    }

    @ParameterizedTest
    @CsvSource({
        "bailiff.net, 'bailiff.line bailiff.filter bailiff.evidence bailiff.ban'",
        "bailiff.line, 'bailiff.filter bailiff.evidence bailiff.ban'",
        "bailiff.filter, 'bailiff.evidence bailiff.ban'",
        "bailiff.evidence, 'bailiff.ban'",
    })
    void engine_flowsOneWay(String room, String later) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later.split(" "))
                .check(BAILIFF);
    }

    @ParameterizedTest
    @CsvSource({
        "bailiff.config, ''",
        "bailiff.source, bailiff.door",
        "bailiff.ledger, ''",
        "bailiff.enforce, ''",
        "bailiff.action, ''",
        "bailiff.control, bailiff.door",
        "bailiff.wire, bailiff.door",
        "bailiff.shield, bailiff.door",
        "bailiff.door, ''",
        "bailiff.log, ''",
        "bailiff.report, ''",
    })
    void agent_roomsDoNotSeeEachOther(String room, String but) {
        noClasses()
                .that()
                .resideInAPackage(room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("bailiff..")
                        .and(not(resideInAnyPackage(room + "..", but)))
                        .and(not(resideInAnyPackage(ENGINE))))
                .check(BAILIFF);
    }

    @Test
    void guard_doesNotKnowTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("bailiff.guard..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("bailiff.cli..", "bailiff.demo..")
                .check(BAILIFF);
    }

    /** It is a visitor of the guard, as a command is, and trusts no room behind the guard's answers. */
    @Test
    void doctor_isSeenByTheCommandLineAloneAndSeesTheGuardFromOutside() {
        noClasses()
                .that(not(resideInAnyPackage("bailiff.cli..", "bailiff.doctor..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("bailiff.doctor..")
                .check(BAILIFF);
        noClasses()
                .that()
                .resideInAPackage("bailiff.doctor..")
                .should()
                .dependOnClassesThat(resideInAPackage("bailiff..")
                        .and(not(resideInAnyPackage(
                                "bailiff.doctor..", "bailiff.config..", "bailiff.control..", "bailiff.guard.."))))
                .check(BAILIFF);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("bailiff.(*)..").should().beFreeOfCycles().check(BAILIFF);
    }

    @Test
    void packages_areNullMarked() {
        assertThat(packages())
                .allSatisfy(name -> assertThat(BAILIFF.getPackage(name))
                        .as("@NullMarked on package %s", name)
                        .matches((JavaPackage found) -> found.isAnnotatedWith(NullMarked.class)));
    }

    @Test
    void standardStreams_belongToTheCommandLineAndTheLog() {
        noClasses()
                .that(not(resideInAnyPackage("bailiff.cli..", "bailiff.log..", "bailiff.demo..")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(BAILIFF);
    }

    @Test
    void names_sayWhatAClassIs() {
        List<String> empty =
                List.of("Manager", "Helper", "Util", "Utils", "Impl", "Service", "Processor", "Data", "Info");
        classes()
                .should(new com.tngtech.archunit.lang.ArchCondition<JavaClass>("have a name that says something") {
                    @Override
                    public void check(JavaClass type, com.tngtech.archunit.lang.ConditionEvents events) {
                        empty.stream()
                                .filter(type.getSimpleName()::endsWith)
                                .forEach(word -> events.add(com.tngtech.archunit.lang.SimpleConditionEvent.violated(
                                        type, type.getName() + " ends in " + word)));
                    }
                })
                .check(BAILIFF);
    }

    private static Set<String> packages() {
        Set<String> packages = new TreeSet<>();
        BAILIFF.forEach(type -> packages.add(type.getPackageName()));
        return packages;
    }
}
