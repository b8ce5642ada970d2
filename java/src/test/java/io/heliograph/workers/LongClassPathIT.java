package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.LongClassPath;
import io.heliograph.testing.AsRoot;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Child JVMs of a JVM whose class path is longer than an argument may be. */
class LongClassPathIT {
    private static final int LONGER_THAN_AN_ARGUMENT = 140_000;

    @TempDir
    Path folder;

    /** The wildcard's jars are what the class path is then; an argument for the parent would be too long, too. */
    @Test
    void theChildHasTheWholeClassPath() throws IOException {
        try (Child app = jvm().start(LongClassPath.class, "1")) {
            String length = app.out().await("^parent ([0-9]+)$").group(1);
            assertThat(Integer.parseInt(length)).isGreaterThan(LONGER_THAN_AN_ARGUMENT);
            app.out()
                    .await("^child " + length + " 0 of \\S+/java .*@/proc/[0-9]+/fd/[0-9]+ .*LongClassPath\\$Child x ");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @Test
    void aLongPropertyComesToo() {
        Path options = folder.resolve("options");
        try (Child app = write(options, "-Dheliograph.test=" + "p".repeat(LONGER_THAN_AN_ARGUMENT))
                .start(LongClassPath.class, "1")) {
            app.out().await("^child [0-9]+ " + LONGER_THAN_AN_ARGUMENT + " of .*@/proc/.* -cp ");
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void aShortOneStaysInSight() {
        try (Child app = ChildJvm.jvm().start(LongClassPath.class, "1")) {
            app.out().await("^child [0-9]+ 0 of \\S+/java [^@]*-cp " + ChildJvm.jar() + ":");
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void anArgumentThatIsTooLongIsNamed() {
        try (Child app = ChildJvm.jvm().start(LongClassPath.class, "3000000")) {
            app.out()
                    .await(
                            "^Cannot run program \"[^\"]*/java\": [^.]*Argument list too long[)]?\\. The longest argument "
                                    + "has 3000000 bytes\\. .*Hand long ones over in a file or by standard input$");
        }
    }

    @Test
    @AsRoot
    void underAnotherNamespacesProcTheRefusalSaysSo() throws IOException {
        ChildJvm jvm = jvm().after("unshare", "--pid", "--fork", "--kill-child");
        try (Child app = jvm.start(LongClassPath.class, "plain")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
            assertThat(app.out().all())
                    .last()
                    .asString()
                    .matches(".*heliograph needs the /proc of this process's pid namespace to start processes: "
                            + "this is process 1, and /proc/self shows [0-9]+\\. Mount it.*");
        }
    }

    private ChildJvm jvm() throws IOException {
        Path lib = folder;
        for (int i = 0; i < 4; i++) {
            lib = Files.createDirectory(lib.resolve("a-folder-with-a-long-name-" + "x".repeat(60)));
        }
        List<String> entries = new ArrayList<>(List.of(ChildJvm.jar(), System.getProperty("heliograph.testclasses")));
        entries.add(lib + "/*");
        Path first = Files.copy(Path.of(ChildJvm.jar()), lib.resolve("0.jar"));
        for (int i = 1; i < LONGER_THAN_AN_ARGUMENT / first.toString().length() + 20; i++) {
            Files.createLink(lib.resolve(i + ".jar"), first);
        }
        return ChildJvm.jvm().classPath(String.join(File.pathSeparator, entries));
    }

    private static ChildJvm write(Path file, String option) {
        try {
            Files.writeString(file, "\"" + option + "\"");
            return ChildJvm.jvm().option("@" + file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
