package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.Ending;
import io.heliograph.programs.agent.FailingServiceManager;
import io.heliograph.programs.agent.FullNotifySocket;
import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.agent.Reload;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code systemd=on}: what a service manager hears. A receiver of the test's own stands in its place. */
class SystemdIT {
    private static final String FROM_KILL = " from pid \\d+, uid .*, arrived \\S+Z$";

    @TempDir
    Path folder;

    private String socket = "";
    private Child manager = Child.start("true");

    @AfterEach
    void endManager() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"false, path", "false, abstract", "true, abstract"})
    void aSignalBeginsAnEndThatKeepsItsDeadline(boolean isNative, String kind) {
        listen(kind.equals("path"));
        try (Child app = jvm().agent(isNative, "TERM=deadline:60s,systemd=on").startReady(Ending.class, "slow")) {
            String from = "^" + app.pid() + ": ";
            manager.out().await(from + "READY=1$");
            kill("TERM", app);
            manager.out().await(from + "STOPPING=1 \\| EXTEND_TIMEOUT_USEC=65000000$");
            manager.out().await(from + "EXTEND_TIMEOUT_USEC=6[34]\\d{6}$");
            manager.out().await(from + "(STOPPING=1 \\| )?STATUS=ending; last signal: TERM" + FROM_KILL);
            app.tell("go");
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).endsWith("slow done");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @Test
    void anExitWithoutASignalIsToldToo() {
        listen(false);
        try (Child app = jvm().agent("systemd=on").startReady(PlainApp.class)) {
            app.tell("exit 3");
            manager.out().await("^" + app.pid() + ": STOPPING=1 \\| STATUS=ending$");
            assertThat(app.ended()).isEqualTo("exited 3");
        }
    }

    @ParameterizedTest
    @CsvSource({"plainly, reloaded", "fail, the reload failed", "missing, the reload failed"})
    void aReloadHasABeginningAndAnEnd(String method, String outcome) {
        listen(false);
        String options = "HUP=run:" + Reload.class.getName() + "." + method + ",systemd=on";
        try (Child app = jvm().agent(options).startReady(PlainApp.class)) {
            for (int time = 1; time <= 2; time++) {
                long before = System.nanoTime() / 1000;
                kill("HUP", app);
                String reloading = manager.out()
                        .await(": RELOADING=1 \\| MONOTONIC_USEC=(\\d+)$", time)
                        .group(1);
                manager.out().await(": READY=1 \\| STATUS=" + outcome + ": HUP" + FROM_KILL, time);
                assertThat(Long.parseLong(reloading)).isBetween(before, System.nanoTime() / 1000);
            }
            app.tell("exit 0");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(manager.out().soFar()).noneMatch(line -> line.contains("STATUS=last signal"));
        }
    }

    /** USR1 is none: systemd reloads by HUP. */
    @Test
    void allActionsOfAHupAreOneReload() {
        listen(false);
        String run = "run:" + Reload.class.getName();
        String options = "HUP=" + run + ".fail+" + run + ".plainly,USR1=" + run + ".plainly,systemd=on";
        try (Child app = jvm().agent(options).startReady(PlainApp.class)) {
            kill("USR1", app);
            manager.out().await(": STATUS=last signal: USR1" + FROM_KILL);
            kill("HUP", app);
            manager.out().await(": READY=1 \\| STATUS=the reload failed: HUP" + FROM_KILL);
            app.tell("exit 0");
            manager.out().await(": STOPPING=1 \\| STATUS=ending; the reload failed: HUP" + FROM_KILL);
            assertThat(manager.out().soFar().stream().filter(line -> line.contains("RELOADING=1")))
                    .hasSize(1);
            assertThat(manager.out().soFar().stream().filter(line -> line.contains("READY=1")))
                    .hasSize(2);
        }
    }

    /** An observer has the event first, and the reload still has its end. */
    @Test
    void aReloadThatIsDelayedHasAnEnd() {
        listen(false);
        String options = "HUP=delay:200ms+run:" + Reload.class.getName() + ".plainly,systemd=on";
        try (Child app = jvm().agent(options).startReady(PlainApp.class)) {
            kill("HUP", app);
            manager.out().await(": STATUS=last signal: HUP" + FROM_KILL);
            manager.out().await(": READY=1 \\| STATUS=reloaded: HUP" + FROM_KILL);
        }
    }

    /** While USR1 holds the agent's thread, both HUPs come, and the observer has them after both reloads. */
    @Test
    void theStatusOfAReloadStays() {
        listen(false);
        String run = "run:" + Reload.class.getName();
        String options = "USR1=" + run + ".slow,HUP=" + run + ".plainly,systemd=on";
        try (Child app = jvm().agent(options).startReady(PlainApp.class)) {
            kill("USR1", app);
            kill("HUP", app);
            kill("HUP", app);
            manager.out().await(": READY=1 \\| STATUS=reloaded: HUP" + FROM_KILL, 2);
            app.tell("exit 0");
            manager.out().await(": STOPPING=1 \\| STATUS=ending; reloaded: HUP" + FROM_KILL);
        }
    }

    @Test
    void offEndsAReload() {
        listen(false);
        String options = "HUP=delay:60s+run:" + Reload.class.getName() + ".plainly,systemd=on";
        try (Child app = attachable().agent(options).startReady(PlainApp.class)) {
            kill("HUP", app);
            manager.out().await(": RELOADING=1 ");
            Attacher.attach(app, "off");
            manager.out().await(": READY=1$", 2);
        }
    }

    /** The observer's task waits behind USR1's, and runs when the socket is closed. */
    @Test
    void anObserverThatComesTooLateIsSilent() {
        listen(false);
        String options = "USR1=run:" + Reload.class.getName() + ".slow,systemd=on";
        try (Child app = attachable().agent(options).startReady(PlainApp.class)) {
            kill("USR1", app);
            Attacher.attach(app, "URG=log");
            app.out().await("^slowly reloaded$");
            kill("URG", app);
            app.err().await("^heliograph: URG from ");
            assertThat(app.err().soFar()).noneMatch(line -> line.contains("NOTIFY_SOCKET"));
        }
    }

    @Test
    void aServiceManagerThatDoesNotReadHoldsNoActionUp() {
        listen(false);
        Child.run("/bin/kill", "-s", "STOP", "" + manager.pid());
        try (Child app = jvm().agent("URG=log,systemd=app").startReady(FullNotifySocket.class)) {
            long before = System.nanoTime();
            for (int time = 1; time <= 40; time++) {
                kill("URG", app);
                app.err().await("^heliograph: URG from ", time);
            }
            assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(8)); // 40 waits are 12 s
        }
    }

    @Test
    void aStartThatFailsLeavesNothing() {
        listen(false);
        try (Child app = jvm().start(FailingServiceManager.class)) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("refused", "sockets: 0", "runtime: CLOSED");
        }
        assertThat(manager.out().soFar()).containsExactly("listening");
    }

    /** Of systemd=app, and of an agent that attaches: the app has its own way to say that it is ready. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readinessIsLeftToTheApp(boolean attaches) {
        listen(false);
        ChildJvm jvm = attachable();
        try (Child app = (attaches ? jvm : jvm.agent("systemd=app")).startReady(PlainApp.class)) {
            if (attaches) {
                Attacher.attach(app, "USR1=log,systemd=on");
            }
            app.tell("exit 0");
            manager.out().await(": STOPPING=1 ");
            assertThat(manager.out().soFar()).noneMatch(line -> line.contains("READY"));
        }
    }

    @Test
    void offIsTheEndOfIt() {
        listen(false);
        try (Child app = attachable().agent("systemd=on,TERM=log").startReady(PlainApp.class)) {
            manager.out().await(": READY=1$");
            Attacher.attach(app, "off");
            app.err().await("^heliograph: off: the agent is gone$");
            app.tell("exit 0");
            assertThat(app.ended()).isEqualTo("exited 0");
            try (Child later = jvm().agent("systemd=on").startReady(PlainApp.class)) {
                manager.out().await("^" + later.pid() + ": READY=1$");
            }
            assertThat(manager.out().soFar().stream().filter(line -> line.startsWith(app.pid() + ":")))
                    .hasSize(1);
        }
    }

    @Test
    void withoutAServiceManagerItIsSilent() {
        try (Child app = ChildJvm.jvm().agent("systemd=on,TERM=deadline:60s").startReady(PlainApp.class)) {
            kill("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"@heliograph-nobody, Connection refused", "vsock:2:1, Address family not supported by protocol"})
    void aSocketThatCannotBeUsedHasOneLine(String name, String reason) {
        try (Child app = ChildJvm.jvm()
                .environment("NOTIFY_SOCKET", name)
                .agent("systemd=on,TERM=deadline:60s")
                .startReady(PlainApp.class)) {
            kill("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .containsExactly("heliograph: systemd=on: the socket that NOTIFY_SOCKET names: " + reason
                            + "; the app runs on, and the service manager may miss its messages");
        }
    }

    @ParameterizedTest
    @CsvSource({"@heliograph-nobody, Connection refused", "vsock:2:1, Address family not supported by protocol"})
    void aSocketThatIsRequiredAndCannotBeUsedStopsTheStart(String name, String reason) {
        try (Child app = ChildJvm.jvm()
                .environment("NOTIFY_SOCKET", name)
                .agent("systemd=on,required=on")
                .start(PlainApp.class)) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.out().all()).isEmpty();
            assertThat(app.err().all())
                    .containsExactly("heliograph: systemd=on: the socket that NOTIFY_SOCKET names: " + reason);
        }
    }

    private void listen(boolean hasPath) {
        socket = hasPath ? folder.resolve("notify").toString() : "@heliograph-" + folder.getFileName();
        manager = Child.start(Child.helper("receive_notices"), socket);
        manager.out().await("^listening$");
    }

    private ChildJvm jvm() {
        return ChildJvm.jvm().environment("NOTIFY_SOCKET", socket);
    }

    private ChildJvm attachable() {
        return jvm().option("-XX:+EnableDynamicAgentLoading");
    }

    private static void kill(String signal, Child app) {
        Child.run("/bin/kill", "-s", signal, "" + app.pid());
    }
}
