package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.Managed;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.ProcStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The MXBean, seen as a console sees it. */
class ManagementIT {
    @Test
    void itTellsWhatTheLibraryKnows() {
        Instant before = Instant.now();
        try (Child app = ChildJvm.jvm().start(Managed.class, "registers")) {
            tells(app, before);
            app.out().await("^after one close true$");
            app.out().await("^registered false$");
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void theAgentRegistersItWithTheOption() {
        Instant before = Instant.now();
        try (Child app = ChildJvm.jvm().agent("jmx=on").start(Managed.class, "looks")) {
            app.out().await("^registered true$");
            tells(app, before);
            Child.run(ChildJvm.tool("jcmd"), "" + app.pid(), "JVMTI.agent_load", ChildJvm.jar(), "\"jmx=off\"");
            app.tell("end");
            app.out().await("^registered at the end false$");
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    /** The app finds the platform's MBean server not yet made, as it would without us. */
    @Test
    void theAgentDoesNotTouchTheServerWithoutTheOption() {
        try (Child app = ChildJvm.jvm().agent("").start(Managed.class, "looks")) {
            app.out().await("^servers 0$");
            app.out().await("^bean arrived=1 servers=0$");
            app.out().await("^registered false$");
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    private static void tells(Child app, Instant before) {
        app.out().await("^ledger arrived=1 dispatched=1 lost=0$");
        app.out()
                .await(
                        "^disposition 10 CAUGHT CAUGHT by HELIOGRAPH \\S+/libheliograph\\.so\\|DEFAULT by NOBODY "
                                + "(OBSERVE agent: log\\|)?CATCH io\\.heliograph\\.programs\\.agent\\.Managed\\$\\$Lambda 0 false$");
        String arrivedAt = app.out()
                .await("^sender " + app.pid() + " " + ProcStatus.ownUid() + " THIS_PROCESS (\\S+)$")
                .group(1);
        assertThat(Instant.parse(arrivedAt)).isBetween(before.minusMillis(1), Instant.now());
        app.out().await("^proxy alike true$");
        app.out().await("^proxy sender " + app.pid() + "$");
        app.out().await("^table USR1 +10 +caught +Heliograph +default +- +1 +1 +0 .*pid " + app.pid() + ", ");
    }
}
