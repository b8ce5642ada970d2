package io.heliograph.springapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code HUP=run:…} in a Spring Boot fat jar, as spring-boot-maven-plugin makes it: its classes are in BOOT-INF/classes. */
class FatJarIT {
    private static final String LOADER = "org.springframework.boot.loader.launch.LaunchedClassLoader";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--main", "--server"})
    void aBeanIsReloaded(String thread) throws IOException {
        Path word = Files.writeString(folder.resolve("word"), "hello");
        try (Child app = start("HUP=run:io.heliograph.springapp.App.reload", thread)) {
            app.tell("one").out().await("^hello, one$");
            Files.writeString(word, "good evening");
            hangUp(app);
            app.out().await("^reloaded in " + LOADER + "$");
            app.err().await("^heliograph: HUP=run:io\\.heliograph\\.springapp\\.App\\.reload: done in \\d+ ms$");
            app.tell("two").out().await("^good evening, two$");
            assertThat(app.err().soFar()).hasSize(1);
        }
    }

    @Test
    void aMisspeltClassHasALineWithTheLoader() throws IOException {
        Files.writeString(folder.resolve("word"), "hello");
        try (Child app = start("HUP=run:io.heliograph.springapp.Ap.reload", "--main")) {
            hangUp(app);
            app.err().await("HUP=run");
            assertThat(app.err().soFar())
                    .containsExactly("heliograph: HUP=run:io.heliograph.springapp.Ap.reload: there is no class "
                            + "io.heliograph.springapp.Ap: write run:Class.method with the package, and $ before a nested class; "
                            + "looked in the app's class path; the context loader of thread \"main\", a " + LOADER);
        }
    }

    private Child start(String options, String thread) {
        List<String> command = List.of(
                ChildJvm.tool("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-javaagent:" + ChildJvm.jar() + "=" + options,
                "-jar",
                System.getProperty("heliograph.spring"),
                "--greeting=file:" + folder.resolve("word"),
                "--spring.main.web-application-type=none",
                "--heliograph.signals.hup=event",
                thread);
        Child app = Child.start(command, Map.of());
        app.out().await("^ready$");
        return app;
    }

    private static void hangUp(Child app) {
        Child.run("sh", "-c", "kill -s HUP " + app.pid());
    }
}
