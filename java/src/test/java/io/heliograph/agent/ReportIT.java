package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.programs.agent.Hooks;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code report=FILE}: what the last words say of each way in which a process goes on and ends. */
class ReportIT {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{1,3}Z";
    private static final String BEFORE = "^heliograph: report=\\S+: the process before this one did not end in order "
            + "\\(KILL, no memory left, a crash or a power failure\\): pid \\d+, begun at ";

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("last-words");
    }

    private Child start(ChildJvm jvm, String options, String kind) {
        return jvm.agent(options + ",report=" + file()).startReady(Hooks.class, kind);
    }

    private String text() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the file says so. */
    private void awaitText(String regex) {
        Eventually.until(
                "the file has " + regex,
                () -> java.util.regex.Pattern.compile(regex).matcher(text()).find());
    }

    private void awaitNextText() {
        String before = text();
        Eventually.until("the file is written again", () -> !text().equals(before));
    }

    /** What the one line of standard error says when another process starts with the same file. */
    private String lineOfTheNext() {
        try (Child next = start(ChildJvm.jvm(), "TERM=log", "fine")) {
            next.tell("end");
            assertThat(next.ended()).isEqualTo("exited 0");
            return String.join("\n", next.err().all());
        }
    }

    private static void kill(Child app, String signal) {
        Child.run("kill", "-s", signal, "" + app.pid());
    }

    @Test
    void whileItRunsTheFileSaysSoWithFiguresAndOnlyItsUserMayReadIt() throws IOException {
        try (Child app = start(ChildJvm.jvm().option("-Xmx64m"), "TERM=log", "fine")) {
            assertThat(text()).startsWith("Running since ");
            awaitText("\\n  heap: \\d+ MiB used, limit 6\\d MiB");
            assertThat(text())
                    .matches("(?s)Running since " + TIME + "\\. It had not ended when this was written, .*")
                    .containsPattern("\\n  run time: .*, running "
                            + Hooks.class.getName().replace(".", "\\.") + "\\)\\n")
                    .containsPattern("\\n  threads: \\d+\\n")
                    .containsPattern("\\nWritten at " + TIME + " by process " + app.pid() + ", which began at " + TIME
                            + "\\.\\n$");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void anExitWithoutASignal() {
        try (Child app = start(ChildJvm.jvm(), "TERM=log", "fine")) {
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
        }
        assertThat(text())
                .matches("(?s)Ended in order at " + TIME + " with status 0; no signal asked for it\\.\\n.*")
                .containsPattern(
                        "  " + TIME + "  the exit began, with the shutdown hooks\\n  " + TIME + "  the JVM stopped\\n")
                .contains("\n  heap: ");
        assertThat(lineOfTheNext()).isEmpty();
    }

    @Test
    void aHaltSaysItsStatus() {
        try (Child app = start(ChildJvm.jvm(), "TERM=log", "halt")) {
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 3");
        }
        assertThat(text()).startsWith("Ended in order at ").contains(" with status 3; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM=log", "TERM=shutdown:20s", "death=signal,TERM=shutdown:20s", "USR1=thread-dump"})
    void anOrderlyEndByTermNamesItsSender(String options) {
        boolean bySignal = options.startsWith("death=signal");
        try (Child app = start(ChildJvm.jvm(), options, "fine");
                Courier courier = Courier.send("TERM", app.pid())) {
            assertThat(app.ended()).isEqualTo(bySignal ? "signaled 15" : "exited 143");
            assertThat(text())
                    .matches("(?s)Ended in order at " + TIME + (bySignal ? " by the signal TERM" : " with status 143")
                            + ", \\d+\\.\\d{3} s after TERM arrived\\.\\n.*")
                    .contains("\nSignal: TERM from pid " + courier.pid() + ", uid ")
                    .contains(", command \"courier\", command line /bin/sh ")
                    .containsPattern("  " + TIME + "  TERM arrived\\n  " + TIME + "  the exit began, .*\\n  " + TIME
                            + "  the JVM stopped\\n")
                    .doesNotContain("Still at work");
        }
        assertThat(lineOfTheNext()).isEmpty();
    }

    @Test
    void aHookThatHangsIsNamedAndTheOtherIsNot() {
        try (Child app = start(ChildJvm.jvm(), "TERM=shutdown:2s", "hang")) {
            kill(app, "TERM");
            assertThat(app.ended()).isEqualTo("exited 143");
        }
        assertThat(text())
                .matches("(?s)Cut off at " + TIME
                        + " with status 143, \\d+\\.\\d{3} s after TERM arrived: its deadline " + "was over\\.\\n.*")
                .containsPattern("  " + TIME + "  the deadline was over\\n")
                .containsPattern("\\nStill at work in shutdown hooks at " + TIME + ":\\n  \"hanger\", WAITING\\n"
                        + "    at jdk\\.internal\\.misc\\.Unsafe\\.park\\(native\\)\\n"
                        + "    at java\\.util\\.concurrent\\.locks\\.LockSupport\\.park\\(LockSupport\\.java:\\d+\\)\\n"
                        + "    at io\\.heliograph\\.programs\\.agent\\.Hooks\\.hang\\(Hooks\\.java:\\d+\\)\\n")
                .doesNotContain("\"fine\"");
        assertThat(lineOfTheNext()).isEmpty();
    }

    /** Its own handler of TERM returns, and no exit begins. */
    @Test
    void anAppThatDoesNotBeginItsExitIsShown() {
        ChildJvm jvm = ChildJvm.jvm();
        try (Child app = start(jvm, "TERM=deadline:2s", "handler")) {
            kill(app, "TERM");
            app.out().await("^handled$");
            assertThat(app.ended()).isEqualTo("exited 143");
        }
        assertThat(text())
                .startsWith("Cut off at ")
                .containsPattern("\\nNo exit has begun\\. Threads of the app at " + TIME
                        + ":\\n(  .*\\n)*  \"main\", RUNNABLE\\n")
                .containsPattern("\\n    \\.\\.\\. \\d+ more in the JDK\\n")
                .contains("\n    at io.heliograph.programs.Talk.hear(Talk.java:");
    }

    @Test
    void aDeadlockIsNamed() {
        try (Child app = start(ChildJvm.jvm(), "TERM=shutdown:2s", "deadlock")) {
            kill(app, "TERM");
            assertThat(app.ended()).isEqualTo("exited 143");
        }
        assertThat(text())
                .startsWith("Cut off at ")
                .contains("\n  \"left\", BLOCKED\n", "\n  \"right\", BLOCKED\n")
                .contains("\"left\" waits for a java.lang.Object that \"right\" holds")
                .contains("\"right\" waits for a java.lang.Object that \"left\" holds");
    }

    @Test
    void asJsonItHasTheSame() throws IOException {
        try (Child app = start(ChildJvm.jvm().option("-Xmx64m"), "format=json,TERM=shutdown:2s", "hang");
                Courier courier = Courier.send("TERM", app.pid())) {
            assertThat(app.ended()).isEqualTo("exited 143");
            JsonNode json = new ObjectMapper().readTree(text());
            assertThat(json.path("state").asText()).isEqualTo("cut-off");
            assertThat(json.path("summary").asText()).startsWith("Cut off at ").contains(" after TERM arrived");
            assertThat(json.path("status").asInt()).isEqualTo(143);
            assertThat(json.path("endedAt").asText()).matches(TIME);
            assertThat(json.path("signal").path("pid").asLong()).isEqualTo(courier.pid());
            assertThat(json.path("signal").path("command").asText()).isEqualTo("courier");
            assertThat(json.path("steps").findValuesAsText("step"))
                    .containsExactly("arrived", "exit-begun", "deadline-over");
            JsonNode hook = json.path("hooksAtWork").path(0);
            assertThat(hook.path("thread").asText()).isEqualTo("hanger");
            assertThat(hook.path("frames").path(2).asText()).startsWith(Hooks.class.getName() + ".hang(Hooks.java:");
            assertThat(json.path("heap").path("usedBytes").asLong()).isPositive();
            assertThat(json.path("heap").path("limitBytes").asLong()).isBetween(48L << 20, 64L << 20);
            assertThat(json.path("threads").asInt()).isPositive();
            assertThat(json.path("pid").asLong()).isEqualTo(app.pid());
        }
        assertThat(text().length()).isLessThanOrEqualTo(4096);
    }

    /** The last form before the KILL is what the next start has. */
    @ParameterizedTest
    @CsvSource({"TERM=log, text", "TERM=log, json", "TERM=shutdown:60s, text"})
    void aKillAfterTheTermLeavesWhatWasKnownAndTheNextStartSaysSo(String options, String format) {
        try (Child app = start(ChildJvm.jvm(), "format=" + format + "," + options, "hang")) {
            kill(app, "TERM");
            awaitText("Hooks\\.hang\\(Hooks\\.java:\\d+\\)");
            kill(app, "KILL");
            assertThat(app.ended()).isEqualTo("signaled 9");
            assertThat(text()).contains("Ending since ").contains(": TERM arrived.");
            assertThat(lineOfTheNext())
                    .containsPattern(
                            BEFORE + TIME + "; at " + TIME + " it was ending; run time: \\d+ s .*; heap: \\d+ MiB ");
        }
        assertThat(lineOfTheNext()).as("that one ended in order").isEmpty();
    }

    @Test
    void aKillWithoutAWarningIsTold() {
        try (Child app = start(ChildJvm.jvm(), "TERM=log", "fine")) {
            awaitText("\\n  heap: ");
            kill(app, "KILL");
            assertThat(app.ended()).isEqualTo("signaled 9");
        }
        assertThat(lineOfTheNext())
                .containsPattern(BEFORE + TIME + "; at " + TIME + " it ran; run time: .* threads: \\d+$");
    }

    @Test
    void aSecondRequestIsTold() {
        try (Child app = start(ChildJvm.jvm(), "TERM=shutdown:60s", "hang")) {
            kill(app, "TERM");
            awaitText("Hooks\\.hang\\(Hooks\\.java:\\d+\\)");
            awaitNextText();
            awaitNextText(); // it is written each second, and within half a second the INT would be a repeat
            kill(app, "INT");
            assertThat(app.ended()).isEqualTo("exited 143");
        }
        assertThat(text())
                .containsPattern(
                        "^Cut off at .* with status 143, .* after TERM arrived: INT arrived as a second request\\.")
                .contains("  INT arrived: a second request\n", "\nSignal: TERM from pid ")
                .contains("\"hanger\"");
    }

    @Test
    void aProcessThatLivesIsNotTakenForDead() {
        try (Child app = start(ChildJvm.jvm(), "TERM=log", "fine")) {
            assertThat(lineOfTheNext())
                    .isEqualTo("heliograph: report=" + file() + ": process " + app.pid()
                            + " lives and writes this file, too: put %p, the process id, into the name");
        }
    }

    @Test
    void aFileOfItsOwnForEachProcess() {
        try (Child app =
                ChildJvm.jvm().agent("TERM=log,report=" + folder + "/words-%p").startReady(Hooks.class, "fine")) {
            assertThat(folder.resolve("words-" + app.pid())).content().startsWith("Running since ");
        }
    }

    @Test
    void whenTheAgentGoesTheFileSaysThatNobodyWatches() {
        try (Child app = start(ChildJvm.jvm(), "TERM=log", "fine")) {
            Attacher.attach(app, "off");
            app.err().await("^heliograph: off: the agent is gone$");
            assertThat(text()).matches("(?s)Not watched any more since " + TIME + ": the agent was removed, .*");
            kill(app, "KILL");
            assertThat(app.ended()).isEqualTo("signaled 9");
        }
        assertThat(lineOfTheNext()).isEmpty();
    }

    @Test
    void optionsThatReplaceOthersKeepTheFile() {
        try (Child app = start(ChildJvm.jvm(), "TERM=log", "fine")) {
            Attacher.attach(app, "TERM=shutdown:20s,report=" + file());
            app.err().await("^heliograph: attached: ");
            assertThat(text()).startsWith("Running since ");
            kill(app, "TERM");
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .filteredOn(line -> !line.startsWith("WARNING: ")) // Java 25 has some about attaching
                    .hasSize(1);
        }
        assertThat(text()).startsWith("Ended in order at ");
    }

    /** A file that is somebody else's is left as it is. */
    @Test
    void anotherFileIsNotOverwritten() throws IOException {
        Files.writeString(file(), "precious\n");
        try (Child app = start(ChildJvm.jvm(), "TERM=log", "fine")) {
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all())
                    .containsExactly(
                            "heliograph: report=" + file()
                                    + ": the file holds something else, and is left as it is: name another one; the app runs on without its last words");
        }
        assertThat(text()).isEqualTo("precious\n");
    }

    @Test
    void anImageWithoutManagementLeavesOutWhatNeedsIt() {
        ChildJvm jvm = ChildJvm.jvm().option("--limit-modules", "java.base,java.instrument");
        try (Child app = start(jvm, "TERM=shutdown:2s", "hang")) {
            kill(app, "TERM");
            assertThat(app.ended()).isEqualTo("exited 143");
        }
        assertThat(text())
                .startsWith("Cut off at ")
                .contains("\"hanger\"", "\n  heap: ")
                .doesNotContain("garbage collection", "threads: ");
    }

    @Test
    void withoutTheSettingNothingOfItIsLoaded() {
        Path log = folder.resolve("classes");
        ChildJvm jvm = ChildJvm.jvm().option("-Xlog:class+load:file=" + log);
        try (Child app = jvm.agent("TERM=log").startReady(Hooks.class, "fine")) {
            kill(app, "TERM");
            assertThat(app.ended()).isEqualTo("exited 143");
        }
        assertThat(log)
                .content()
                .contains("io.heliograph.agent.AgentSession ")
                .doesNotContain("io.heliograph.agent.report.", "io.heliograph.agent.Report ");
    }
}
