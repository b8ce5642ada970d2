package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.LoadedApp;
import io.heliograph.programs.agent.Reload;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run:Class.method} of a class that only a thread's context class loader has. spring/ has a Spring Boot fat jar. */
class RunInContextIT {
    private static final String RELOAD = Reload.class.getName();

    @TempDir
    private Path folder;

    @BeforeEach
    void divideTheClasses() throws IOException {
        copy(LoadedApp.class, folder.resolve("path"));
        copy(Reload.class, folder.resolve("context"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "ended", "closed"})
    void findsTheClass(String kind) {
        try (Child app = start(kind, "HUP=run:" + RELOAD + ".where+run:" + RELOAD + ".plainly")) {
            send(app);
            app.out().await("^in the context of its own loader, a java.net.URLClassLoader$");
            app.err().await("^heliograph: HUP=run:" + RELOAD + "\\.plainly: done in \\d+ ms$");
            send(app); // each time anew
            app.out().await("^reloaded on heliograph-agent$", 2);
        }
    }

    @Test
    void namesTheLoadersThatLackIt() {
        try (Child app = start("main", "HUP=run:com.acme.App.reload")) {
            send(app);
            app.err().await("HUP=run");
            assertThat(app.err().soFar())
                    .containsExactly("heliograph: HUP=run:com.acme.App.reload: there is no class com.acme.App: write "
                            + "run:Class.method with the package, and $ before a nested class; looked in the app's class path; "
                            + "the context loader of thread \"main\", a java.net.URLClassLoader");
        }
    }

    private Child start(String kind, String options) {
        return ChildJvm.jvm()
                .agent(options)
                .classPath(folder.resolve("path").toString())
                .startReady(LoadedApp.class, kind, folder.resolve("context").toString());
    }

    private static void send(Child app) {
        try (Courier courier = Courier.send("HUP", app.pid())) {
            assertThat(courier.pid()).isPositive();
        }
    }

    /** With its nested classes. */
    private static void copy(Class<?> type, Path to) throws IOException {
        Path classes = Path.of(System.getProperty("heliograph.testclasses"));
        Path from = classes.resolve(type.getPackageName().replace('.', '/'));
        Path into = Files.createDirectories(to.resolve(classes.relativize(from)));
        for (Path file : files(from)) {
            String name = file.getFileName().toString();
            if (name.startsWith(type.getSimpleName() + ".") || name.startsWith(type.getSimpleName() + "$")) {
                Files.copy(file, into.resolve(name));
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
