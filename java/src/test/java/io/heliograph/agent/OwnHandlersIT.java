package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.Eventually;
import io.heliograph.testing.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Apps as they come from Maven Central that set handlers of their own by sun.misc.Signal, each run without and with the
 * agent: Aeron's media driver, which ends in good order on TERM and INT by Agrona's barrier, Clojure, whose REPL offers to
 * catch Ctrl-C, and JRuby's trap.
 */
class OwnHandlersIT {
    private static final String APPS = System.getProperty("heliograph.apps");

    @TempDir
    Path folder;

    /** Its handler wakes its main thread, which ends it with status 0; by the JVM's own it would be 143. */
    @ParameterizedTest
    @CsvSource({"TERM", "INT"})
    void aeronsMediaDriverShutsDown(String signal) throws IOException {
        List<String> without = runAeron(signal, ChildJvm.jvm(), false);
        List<String> with = runAeron(signal, ChildJvm.jvm().agent(""), true);
        assertThat(with).isEqualTo(without);
        assertThat(without).containsExactly("Shutdown Driver...", "exited 0");
    }

    private static final String BARRIER = """
            public class Barrier {
                public static void main(String[] args) throws Exception {
                    var barrier = new org.agrona.concurrent.ShutdownSignalBarrier();
                    System.out.println("ready");
                    barrier.await();
                    System.out.println("cleans up");
                    if (args.length > 0) Thread.sleep(Long.MAX_VALUE);
                }
            }
            """;

    /** Under shutdown it would be 143, and nothing cleaned up. */
    @Test
    void agronasBarrierIsPassedUnderADeadline() throws IOException {
        List<String> without = runBarrier(ChildJvm.jvm());
        List<String> with = runBarrier(ChildJvm.jvm().agent("TERM=deadline:60s"));
        assertThat(with).isEqualTo(without).containsExactly("ready", "cleans up", "exited 0");
    }

    private List<String> runBarrier(ChildJvm jvm) throws IOException {
        try (Child app = startBarrier(jvm)) {
            app.out().await("^ready$");
            Child.run("/bin/kill", "-TERM", "" + app.pid());
            String end = app.ended();
            return Stream.concat(app.out().all().stream(), Stream.of(end)).toList();
        }
    }

    private Child startBarrier(ChildJvm jvm, String... arguments) throws IOException {
        Path source = folder.resolve("Barrier.java");
        Files.writeString(source, BARRIER);
        return jvm.classPath(APPS + "/aeron-all.jar").start(source.toString(), arguments); // JEP 330
    }

    @Test
    void agronasBarrierIsEndedAtTheDeadlineIfItsMainThreadHangs() throws IOException {
        try (Child app = startBarrier(ChildJvm.jvm().agent("TERM=deadline:1s"), "hang")) {
            app.out().await("^ready$");
            Child.run("/bin/kill", "-TERM", "" + app.pid());
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "cleans up");
            app.err().await("^heliograph: TERM goes to the app's own handler, org.agrona.concurrent.");
            app.err().await("^heliograph: TERM: not ended within 1 s; no exit has begun, .*\"main\"; ended now");
        }
    }

    @Test
    @Thorough
    void jrubysTrapIsCalledUnderADeadline() throws IOException {
        List<String> without = runRuby(ChildJvm.jvm());
        List<String> with = runRuby(ChildJvm.jvm().agent("TERM=deadline:60s"));
        assertThat(with).isEqualTo(without).containsExactly("ready", "trapped", "exited 7");
    }

    private List<String> runRuby(ChildJvm jvm) throws IOException {
        Path script = folder.resolve("trap.rb");
        Files.writeString(script, """
                trap("TERM") { puts "trapped"; exit 7 }
                puts "ready"
                $stdout.flush
                sleep
                """);
        try (Child ruby = jvm.classPath(APPS + "/jruby.jar").start("org.jruby.Main", script.toString())) {
            ruby.out().await("^ready$");
            Child.run("/bin/kill", "-TERM", "" + ruby.pid());
            String end = ruby.ended();
            return Stream.concat(ruby.out().all().stream(), Stream.of(end)).toList();
        }
    }

    private List<String> runAeron(String signal, ChildJvm jvm, boolean isLogged) throws IOException {
        Path files = Files.createTempDirectory(folder, "aeron");
        ChildJvm starting = jvm.classPath(APPS + "/aeron-all.jar")
                .option("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-Daeron.dir=" + files.resolve("media"))
                .option("-Daeron.threading.mode=SHARED", "-Daeron.term.buffer.length=65536");
        try (Child driver = starting.start("io.aeron.driver.MediaDriver")) {
            awaitHandler(driver, files.resolve("media/cnc.dat"));
            return end(driver, signal, isLogged);
        }
    }

    /**
     * It says nothing when it is ready. When it runs there is this file; then its main thread sets the handlers, and waits
     * for one of them, which is in its thread dump.
     */
    private static void awaitHandler(Child driver, Path file) {
        Eventually.until("the driver waits for a signal", () -> Files.exists(file) && isWaiting(driver));
    }

    private static boolean isWaiting(Child driver) {
        try (Child jstack = Child.start(ChildJvm.tool("jstack"), "" + driver.pid())) {
            return jstack.out().all().stream().anyMatch(line -> line.contains("ShutdownSignalBarrier.await"));
        }
    }

    /** The handler that its break handler replaces is the JVM's; it says what it got, and the script ends by it. */
    @ParameterizedTest
    @CsvSource({"INT,exited 7", "TERM,exited 143"})
    @Thorough
    void clojuresBreakHandlerIsCalled(String signal, String end) throws IOException {
        List<String> without = runClojure(signal, ChildJvm.jvm(), false);
        List<String> with = runClojure(signal, ChildJvm.jvm().agent(""), true);
        assertThat(with).isEqualTo(without);
        assertThat(without).startsWith("ready").endsWith(end);
        assertThat(without).hasSize(signal.equals("INT") ? 3 : 2);
    }

    private List<String> runClojure(String signal, ChildJvm jvm, boolean isLogged) throws IOException {
        Path script = folder.resolve("wait.clj");
        Files.writeString(script, """
                (require 'clojure.repl)
                (def broken (promise))
                (clojure.repl/set-break-handler! (fn [message] (deliver broken message)))
                (println "ready")
                (println "broken by" @broken)
                (System/exit 7)
                """);
        ChildJvm starting =
                jvm.classPath(APPS + "/clojure.jar", APPS + "/clojure-spec.jar", APPS + "/clojure-core-specs.jar");
        try (Child clojure = starting.start("clojure.main", script.toString())) {
            clojure.out().await("^ready$");
            return end(clojure, signal, isLogged);
        }
    }

    /** What the app said, and how it ended, after this signal; what the agent said of it is as it should be. */
    private static List<String> end(Child app, String signal, boolean isLogged) {
        try (Courier courier = Courier.send(signal, app.pid())) {
            String end = app.ended();
            // Java 25 itself warns of what Aeron does with sun.misc.Unsafe.
            List<String> ours = app.err().all().stream()
                    .filter(line -> !line.startsWith("WARNING: "))
                    .filter(line -> !line.startsWith("heliograph: QUIT from ")) // by jstack
                    .toList();
            if (isLogged) {
                assertThat(ours).singleElement().asString().containsPattern(courier.logged(signal));
            } else {
                assertThat(ours).isEmpty();
            }
            return Stream.concat(app.out().all().stream(), Stream.of(end)).toList();
        }
    }
}
