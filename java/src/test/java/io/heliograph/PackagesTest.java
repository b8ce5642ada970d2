package io.heliograph;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.heliograph.workers.ChildStatus;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which package depends on which. The packages of the public API, and what implements them, know each other. */
class PackagesTest {
    private static final String API = "io.heliograph";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(API);

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.heliograph.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(resideInAPackage("io.heliograph.internal.process"), type(ChildStatus.class))
                .ignoreDependency(resideInAPackage("io.heliograph.internal.process"), type(ChildStatus.Exited.class))
                .ignoreDependency(resideInAPackage("io.heliograph.internal.process"), type(ChildStatus.Killed.class))
                .ignoreDependency(resideInAPackage("io.heliograph.internal.process"), type(ChildStatus.Stopped.class))
                .ignoreDependency(resideInAPackage("io.heliograph.internal.process"), type(ChildStatus.Continued.class))
                .check(CLASSES);
    }

    @Test
    void theLibraryKnowsNothingOfWhatIsBuiltOnIt() {
        noClasses()
                .that(resideInAnyPackage(API, "io.heliograph.internal.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.heliograph.agent..", "io.heliograph.management.."))
                .check(CLASSES);
        noClasses()
                .that(resideInAPackage(API))
                .should()
                .dependOnClassesThat(resideInAPackage("io.heliograph.workers.."))
                .check(CLASSES);
    }

    @Test
    void noTwoFilesImportEachOther() {
        Set<String> imports = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                if (to.getPackageName().startsWith(API) && !to.getPackageName().equals(from.getPackageName())) {
                    imports.add(file(from) + " imports " + file(to));
                }
            }
        }
        assertThat(imports).hasSizeGreaterThan(200);
        assertThat(imports).noneMatch(one -> {
            String[] files = one.split(" imports ");
            return imports.contains(files[1] + " imports " + files[0]);
        });
    }

    private static String file(JavaClass any) {
        return any.getName().replaceFirst("\\$.*", "");
    }
}
