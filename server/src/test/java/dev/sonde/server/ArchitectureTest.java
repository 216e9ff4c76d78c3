package dev.sonde.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** Which package of the server may use which. */
@AnalyzeClasses(packages = "dev.sonde.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule SQL_IS_UNDER_STORAGE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sonde.server.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.duckdb..", "org.sqlite..", "org.jdbi..");

    @ArchTest
    static final ArchRule ONLY_THE_WIRING_NAMES_AN_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackages("dev.sonde.server", "dev.sonde.server.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sonde.server.storage.duckdb..",
                    "dev.sonde.server.storage.payload..",
                    "dev.sonde.server.storage.control..");

    @ArchTest
    static final ArchRule THE_MODEL_USES_NOTHING = noClasses()
            .that()
            .resideInAPackage("dev.sonde.server.model..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("dev.sonde.server.model..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule NO_CYCLES = SlicesRuleDefinition.slices()
            .matching("dev.sonde.server.(*)..")
            .should()
            .beFreeOfCycles();
}
