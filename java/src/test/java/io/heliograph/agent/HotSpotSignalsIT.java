package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Conversation;
import io.heliograph.testing.Courier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/hotspot-signals.md says. JFR's part of it is in {@link JfrIT}. */
class HotSpotSignalsIT {
    private static final String[] WITHOUT_CORE = {"sh", "-c", "ulimit -c 0 && exec \"$@\"", "sh"};

    /** JDK-8288556, mended in later versions. */
    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    void aPlainJava17DiesOfAnOutsideUsr2() {
        try (Child app = start(ChildJvm.jvm().after(WITHOUT_CORE).option("-XX:ErrorFile=/dev/null"));
                Courier courier = Courier.send("USR2", app.pid())) {
            assertThat(courier.pid()).isPositive();
            assertThat(app.ended()).isIn("signaled 6", "signaled 11");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void underTheAgentNoneDies(boolean isNative) {
        try (Child app = start(ChildJvm.jvm().agent(isNative, ""))) {
            for (int time = 0; time < 10; time++) {
                try (Courier courier = Courier.send("USR2", app.pid())) {
                    app.err().await(courier.logged("USR2"));
                }
            }
            livesOn(app);
        }
    }

    /** The kernel must not discard it, for HotSpot needs its own; so it is not SIG_IGN, and does nothing all the same. */
    @Test
    void usr2Ignored() {
        try (Child app = start(ChildJvm.jvm().agent("USR2=ignore"));
                Courier courier = Courier.send("USR2", app.pid())) {
            assertThat(courier.pid()).isPositive();
            livesOn(app);
            assertThat(app.err().soFar()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void quitObservedPrintsTheDumpAndLetsToolsIn(boolean isNative) {
        try (Child app = start(ChildJvm.jvm().agent(isNative, "QUIT=log"))) {
            try (Courier courier = Courier.send("QUIT", app.pid())) {
                app.err().await(courier.logged("QUIT"));
                app.out().await("^Full thread dump ");
                app.out().await(ChildJvm.LAST_OF_THREAD_DUMP);
            }
            assertThat(Attacher.jcmd(app, "Thread.print")).anyMatch(said -> said.startsWith("Full thread dump "));
            livesOn(app);
        }
    }

    /** An attacher's QUIT goes to HotSpot, and is no event; without that, jcmd would wait in vain, or end the JVM. */
    @ParameterizedTest
    @ValueSource(strings = {"ignore", "default", "log+ignore", "log+default"})
    void whatIsDoneWithQuitLetsToolsIn(String action) {
        try (Child app = start(ChildJvm.jvm().after(WITHOUT_CORE).agent("QUIT=" + action))) {
            assertThat(Attacher.jcmd(app, "Thread.print")).anyMatch(said -> said.startsWith("Full thread dump "));
            livesOn(app);
            assertThat(app.err().soFar()).isEmpty();
            try (Courier courier = Courier.send("QUIT", app.pid())) {
                assertThat(courier.pid()).isPositive();
                if (action.endsWith("default")) {
                    assertThat(app.ended()).isEqualTo("signaled 3");
                } else {
                    livesOn(app);
                    assertThat(app.out().soFar()).noneMatch(said -> said.startsWith("Full thread dump "));
                }
            }
        }
    }

    @Test
    void quitCaughtIsTheWorkersAndLetsToolsIn() {
        try (Conversation console = Conversation.with(ChildJvm.jvm())) {
            console.tellAll("on a QUIT inline");
            try (Child jcmd = Child.start(ChildJvm.tool("jcmd"), "" + console.pid(), "Thread.print")) {
                assertThat(jcmd.out().all()).anyMatch(said -> said.startsWith("Full thread dump "));
            }
            try (Courier courier = Courier.send("QUIT", console.pid())) {
                console.out().await("^a got Sent QUIT from .*" + courier.pid());
            }
            assertThat(console.out().soFar())
                    .filteredOn(said -> said.startsWith("a got"))
                    .hasSize(1);
            assertThat(console.out().soFar()).noneMatch(said -> said.startsWith("Full thread dump "));
        }
    }

    /** The JDK waits for its children itself, and needs no CHLD for it. */
    @ParameterizedTest
    @CsvSource({"on a CHLD inline", "observe a CHLD inline", "default a CHLD", "ignore a CHLD"})
    void chldTakenLeavesExitStatuses(String command) {
        try (Conversation console = Conversation.with(ChildJvm.jvm())) {
            console.tellAll(command);
            assertThat(console.tell("status exit_7")).isEqualTo("7");
        }
    }

    /** A write to a pipe that nobody reads is an exception, whoever has PIPE: HotSpot's handler does nothing. */
    @ParameterizedTest
    @CsvSource({"on a PIPE inline", "observe a PIPE inline", "ignore a PIPE"})
    void pipeTakenLeavesTheException(String command) {
        try (Conversation console = Conversation.with(ChildJvm.jvm())) {
            console.tellAll(command);
            assertThat(console.tell("broken-pipe")).startsWith("IOException: Broken pipe");
            if (!command.startsWith("ignore")) {
                console.out().await("^a got .* PIPE");
            }
        }
    }

    @Test
    void pipeByDefaultEndsTheJvm() {
        try (Conversation console = Conversation.with(ChildJvm.jvm())) {
            console.tellAll("default a PIPE");
            assertThat(console.endOf("broken-pipe")).isEqualTo("signaled 13");
        }
    }

    /** The same for a file that outgrows its limit. */
    @ParameterizedTest
    @CsvSource({"on a XFSZ inline", "observe a XFSZ inline", "ignore a XFSZ"})
    void xfszTakenLeavesTheException(String command) {
        ChildJvm limited = ChildJvm.jvm()
                .after("sh", "-c", "ulimit -f 8192 && exec \"$@\"", "sh")
                .option("-XX:-UsePerfData");
        try (Conversation console = Conversation.with(limited)) {
            console.tellAll(command);
            assertThat(console.tell("too-large-file")).startsWith("IOException: File too large");
            if (!command.startsWith("ignore")) {
                console.out().await("^a got .* XFSZ");
            }
        }
    }

    private static Child start(ChildJvm jvm) {
        return jvm.startReady(PlainApp.class);
    }

    private static void livesOn(Child app) {
        app.tell("are you there?").out().await("^heard are you there\\?$");
    }
}
