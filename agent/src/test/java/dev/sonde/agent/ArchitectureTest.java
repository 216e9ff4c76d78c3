package dev.sonde.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.sonde.agent.instrumentation.Libraries;
import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "dev.sonde.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PREMAIN_STAYS_LIGHT = noClasses()
            .that()
            .resideInAPackage("dev.sonde.agent")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.nio.file..",
                    "java.util.logging..",
                    "java.lang.management..",
                    "javax.management..",
                    "java.util.function..",
                    "java.util.stream..",
                    "net.bytebuddy..",
                    "dev.sonde.agent.*..",
                    "dev.sonde.boot..",
                    "dev.sonde.runtime..");

    @ArchTest
    static final ArchRule INSTRUMENTATIONS_ARE_ISLANDS =
            slices().matching("dev.sonde.agent.instrumentation.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule ONLY_TOOLING_KNOWS_THE_WEAVER = classes()
            .that()
            .resideOutsideOfPackage("dev.sonde.agent.tooling")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("net.bytebuddy..");

    /** The isolated loader of an application's process does not see it. */
    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_PREMAIN = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.sonde.agent.tooling..", "dev.sonde.agent.isolated..", "dev.sonde.agent.instrumentation..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sonde.agent");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.sonde.agent.(*)..").should().beFreeOfCycles();

    @Test
    void libraryClasses_areThoseOfTheInstrumentations() {
        Set<String> declared = new TreeSet<>(Set.of(LibraryClasses.FACADE));
        Libraries.all()
                .forEach(library -> Stream.concat(
                                library.methods().stream().map(LibraryMethod::className),
                                library.announcedBy().stream())
                        .map(name -> name.replace('.', '/'))
                        .forEach(declared::add));

        assertThat(new TreeSet<>(LibraryClasses.NAMES)).isEqualTo(declared);
    }

    @Test
    void libraryTypes_areThoseOfTheInstrumentations() {
        Set<String> declared = new TreeSet<>();
        Libraries.all()
                .forEach(library -> library.inherited().stream()
                        .map(LibraryMethod::className)
                        .map(name -> name.replace('.', '/'))
                        .forEach(declared::add));

        Set<String> listed = new TreeSet<>(LibraryClasses.TYPES);
        listed.addAll(LibraryClasses.JDBC_TYPES);
        assertThat(listed).isEqualTo(declared);
    }

    @Test
    void libraries_areFoundByTheirClasses() {
        for (LibraryInstrumentation library : Libraries.all()) {
            Stream.concat(library.methods().stream(), library.inherited().stream())
                    .map(LibraryMethod::className)
                    .forEach(name -> assertThat(Libraries.naming(name)).as(name).containsExactly(library));
        }
        assertThat(Libraries.naming("com.example.Shop")).isEmpty();
    }

    @Test
    void libraries_areInAlphabeticalOrder() {
        assertThat(Libraries.all()).extracting(library -> library.library()).isSorted();
    }
}
