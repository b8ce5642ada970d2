package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that the agent has left is as it was: dispositions, threads, descriptors, temporary files, shutdown hooks. */
class DetachIT extends EnteredApp {
    private static final String ALL = "HUP=log,INT=shutdown:5s,QUIT=log,TERM=log,USR1=ignore,USR2=log,PROF=default,"
            + "RTMIN+3=log,CHLD=log,WINCH=log+default,wait=spin";

    @ParameterizedTest
    @CsvSource({"false,''", "true,''", "false,ALL", "true,ALL"})
    void itIsAsItWas(boolean isNative, String options) throws IOException {
        try (Child app = start()) {
            List<String> before = state(app, "before");
            attach(app, isNative, options.equals("ALL") ? ALL : options);
            List<String> during = state(app, "during");
            attach(app, isNative, "off");
            assertThat(during).isNotEqualTo(before);
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
            assertThat(app.err().soFar())
                    .containsExactly(
                            "heliograph: attached: "
                                    + (options.equals("ALL")
                                            ? ALL.replace(",", ", ")
                                            : "HUP=log, INT=log, QUIT=log, TERM=log, USR1=log, USR2=log"),
                            "heliograph: off: the agent is gone");
            ends(app, "TERM", "exited 143");
        }
    }

    /** Of dumps their files alone are left. The line is written when they are. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterDumpsItIsAsItWas(boolean isNative, @TempDir Path dumps) throws IOException {
        try (Child app = start()) {
            List<String> before = state(app, "before");
            attach(app, isNative, "USR1=thread-dump+thread-dump:" + dumps + "/t+heap-dump:" + dumps + "/h.hprof+log");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            attach(app, isNative, "off");
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
            assertThat(dumps).isDirectoryContaining("glob:**/t").isDirectoryContaining("glob:**/h.hprof");
        }
    }

    /** What fails after the options were read leaves no agent behind, where there was none. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAgentThatIsRefusedIsNotThere(boolean isNative) throws IOException {
        try (Child app = start()) {
            app.tell("take io.heliograph:type=Signals").out().await("^done take ");
            List<String> before = state(app, "before");
            assertThat(Attacher.attach(app, isNative, "wait=spin,USR1=log+ignore,jmx=on"))
                    .doesNotContain("return code: 0");
            app.err().await("^heliograph: jmx=on: ");
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
        }
    }

    /** What a shutdown has begun is not called off, and whoever asks for it is told. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aShutdownThatHasBegunGoesOn(boolean isNative) {
        try (Child app = start(jvm().agent(isNative, "TERM=log+shutdown"))) {
            app.tell("hang").out().await("^done hang$");
            try (Courier courier = Courier.send("TERM", app.pid())) {
                app.err().await(courier.logged("TERM"));
            }
            app.out().await("^hook hangs$");
            assertThat(Attacher.attach(app, isNative, "off")).doesNotContain("return code: 0");
            app.err().await("^heliograph: off: TERM has begun a shutdown, which can't be called off$");
            app.killUntilEnded("INT");
            assertThat(app.ended()).isEqualTo("exited 143");
        }
    }

    /** With an agent from the start too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAgentOfTheCommandLineGoesToo(boolean isNative) {
        try (Child app = start(jvm().agent(isNative, "USR1=ignore,TERM=log"))) {
            attach(app, isNative, "off");
            ends(app, "USR1", "signaled 10");
            assertThat(app.err().all()).containsExactly("heliograph: off: the agent is gone");
        }
    }

    @Test
    void offWhereThereIsNoAgentDoesNothing() throws IOException {
        try (Child app = start()) {
            List<String> before = state(app, "before");
            attach(app, false, "off");
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
            assertThat(app.err().soFar()).containsExactly("heliograph: off: there was no agent");
        }
    }

    /** What the app has registered itself is not the agent's to close. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheAppHasRegisteredStays(boolean isNative) throws IOException {
        try (Child app = start(jvm().classPath(ChildJvm.jar(), TEST_CLASSES).agent(isNative, "TERM=log,USR2=log"))) {
            app.tell("observe USR2").out().await("^done observe USR2$");
            attach(app, isNative, "off");
            assertThat(app.err().soFar())
                    .containsExactly("heliograph: off: the agent is gone; the app's own registrations stay, "
                            + "with the dispatcher that serves them");
            try (Courier courier = Courier.send("USR2", app.pid())) {
                assertThat(courier.pid()).isPositive();
                app.out().await("^app saw USR2$");
            }
            app.tell("close").out().await("^done close$");
            attach(app, isNative, "off");
            assertThat(state(app, "after")).noneMatch(fact -> fact.contains("heliograph-"));
            app.tell("observe TERM").out().await("^done observe TERM$");
            ends(app, "TERM", "exited 143");
            assertThat(app.out().soFar()).contains("app saw TERM");
            assertThat(app.err().all()).hasSize(2).endsWith("heliograph: off: there was no agent");
        }
    }

    /** The dispatcher that stays for the app waits again as the app had it: it does not poll for ever. */
    @Test
    void settingsGoWithTheAgent() {
        try (Child app = start(jvm().classPath(ChildJvm.jar(), TEST_CLASSES).agent("TERM=log,wait=spin"))) {
            app.tell("observe USR2").out().await("^done observe USR2$");
            assertThat(ProcStatus.nonBlockingReadEnds(app.pid())).isEqualTo(1);
            attach(app, false, "off");
            assertThat(ProcStatus.nonBlockingReadEnds(app.pid())).isZero();
            app.tell("close").out().await("^done close$");
        }
    }
}
