package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program of modules, with the library on its module path and in its run-time image. */
class ModularProgramIT {
    private static final String PROGRAM = """
            package app;

            import io.heliograph.Signal;
            import io.heliograph.Signals;
            import io.heliograph.workers.WorkerGroup;

            public class Main {
                public static void main(String[] args) throws Exception {
                    System.out.println("in module " + Signals.class.getModule().getName());
                    System.out.println("USR2 has registrations: " + Signals.dispositions().get(Signal.USR2).registrations());
                    try (var raised = Signals.raiseIn(Thread.currentThread(), Signal.USR1)) {
                        Signals.raise(Signal.USR1);
                        for (;;) Thread.sleep(1000);
                    } catch (io.heliograph.SignalInterrupt e) {
                        System.out.println("raised " + e.event().signal());
                    }
                    try (WorkerGroup group = WorkerGroup.open()) {
                        var worker = group.process("worker", new ProcessBuilder("true"));
                        group.join();
                        System.out.println("worker " + worker.status().get());
                    }
                }
            }
            """;

    @TempDir
    private static Path folder;

    private static Path classes;

    @BeforeAll
    static void compileTheProgram() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source/app"));
        Path module =
                Files.writeString(source.resolveSibling("module-info.java"), "module app { requires io.heliograph; }");
        Path main = Files.writeString(source.resolve("Main.java"), PROGRAM);
        classes = folder.resolve("classes");
        Child.run(
                ChildJvm.tool("javac"),
                "-p",
                ChildJvm.jar(),
                "-d",
                classes.toString(),
                module.toString(),
                main.toString());
    }

    @Test
    void runsOnTheModulePath() {
        runs(0, ChildJvm.tool("java"), "-p", ChildJvm.jar() + ":" + classes);
    }

    @Test
    void runsUnderTheAgent() {
        runs(
                1,
                ChildJvm.tool("java"),
                "-javaagent:" + ChildJvm.jar() + "=USR2=log",
                "-p",
                ChildJvm.jar() + ":" + classes);
    }

    /** The image has java.base alone beside the two: the library requires nothing else. */
    @Test
    void runsInAnImageOfItsOwn() {
        Path image = link("app");
        assertThat(image.resolve("release")).content().contains("MODULES=\"java.base io.heliograph app\"");
        runs(0, image.resolve("bin/java").toString());
    }

    /** The image's own copy of the library is the agent: the module has the package before the jar has. */
    @ParameterizedTest
    @ValueSource(strings = {"app,java.instrument", "app,java.instrument,jdk.management,jdk.jfr"})
    void runsUnderTheAgentInAnImageOfItsOwn(String modules) {
        runs(1, link(modules).resolve("bin/java").toString(), "-javaagent:" + ChildJvm.jar() + "=USR2=log");
    }

    private static Path link(String modules) {
        Path image = folder.resolve("image-" + modules);
        Child.run(
                ChildJvm.tool("jlink"),
                "--module-path",
                ChildJvm.jar() + ":" + classes,
                "--add-modules",
                modules,
                "--output",
                image.toString());
        return image;
    }

    private static void runs(int registrations, String java, String... options) {
        List<String> command = new ArrayList<>(List.of(java, "--enable-native-access=io.heliograph"));
        command.addAll(List.of(options));
        command.addAll(List.of("-m", "app/app.Main"));
        try (Child program = Child.start(command, Map.of())) {
            assertThat(program.ended()).isEqualTo("exited 0");
            assertThat(program.out().all())
                    .containsExactly(
                            "in module io.heliograph",
                            "USR2 has registrations: " + registrations,
                            "raised USR1",
                            "worker Exited[status=0]");
            assertThat(program.err().all()).isEmpty();
        }
    }
}
