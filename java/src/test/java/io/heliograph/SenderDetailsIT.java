package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.signals.WhoSentIt;
import io.heliograph.testing.AsRoot;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known of a sender, and of the processes above it, where a registration wants it. */
class SenderDetailsIT {
    /** More than enough for one of them to be seen before it has ended, on a machine that is busy too. */
    private static final int KILLS = 50;

    /** Each waits until the app has said that the signal came, so that none is merged with the one before. */
    private static final String KILL_OFTEN = "while read -r _; do /bin/kill -s USR1 \"$1\" || exit; done";

    /** The commonest sender of all: a command that has ended before anybody can ask for it. */
    @Test
    void aCommandThatEndsAtOnceIsSeenByTheHandler() {
        try (Child app = ChildJvm.jvm().startReady(WhoSentIt.class);
                Child script = shell(KILL_OFTEN, app.pid())) {
            List<String> seen = new ArrayList<>();
            for (int i = 1; i <= KILLS; i++) {
                script.tell("again");
                app.out().await("^event USR1 ", i);
                seen.addAll(who(app));
            }
            assertThat(seen)
                    .contains(
                            "look ON_ARRIVAL, gone false",
                            "command Optional[kill], became Optional.empty",
                            "arguments [/bin/kill, -s, USR1, " + app.pid() + "]")
                    .anyMatch(line -> line.startsWith("ancestor " + script.pid() + ", ended false, user " + userName()
                            + ", Optional[sh], [sh, -c, while read"))
                    .noneMatch(line -> line.startsWith("look LATER"));
        }
    }

    @Test
    void aSenderThatHasBecomeAnotherProgramIsNamedAsItWas() {
        try (Child app = ChildJvm.jvm().startReady(WhoSentIt.class);
                Child sender = shell("kill -s USR1 \"$1\"; read -r _; exec cat", app.pid())) {
            app.out().await("^event USR1 " + sender.pid() + "$");
            sender.tell("go on").tell("hello").out().await("^hello$");
            assertThat(who(app))
                    .contains(
                            "look ON_ARRIVAL, gone false",
                            "command Optional[sh], became Optional[cat]",
                            "executable Optional[" + executable("cat") + "]");
        }
    }

    @Test
    void aSenderThatHasEndedIsStillKnown() {
        try (Child app = ChildJvm.jvm().startReady(WhoSentIt.class);
                Child sender = shell("kill -s USR1 \"$1\"; read -r _", app.pid())) {
            app.out().await("^event USR1 " + sender.pid() + "$");
            assertThat(sender.tell("end").ended()).isEqualTo("exited 0");
            assertThat(who(app))
                    .contains(
                            "look ON_ARRIVAL, gone false",
                            "command Optional[sh], became Optional.empty",
                            "executable Optional.empty");
        }
    }

    @Test
    void aSendersDetailsAreReadWhenTheyAreFirstUsed() {
        try (Child app = ChildJvm.jvm().startReady(WhoSentIt.class);
                Courier courier = Courier.send("URG", app.pid())) {
            app.out().await("^event URG " + courier.pid() + "$");
            assertThat(who(app))
                    .contains("look LATER, gone false", "command Optional[courier], became Optional.empty")
                    .anyMatch(line -> line.startsWith("ancestor "));
        }
    }

    @Test
    @AsRoot
    void aSignalFromOutsideThePidNamespaceCameFromOutside() throws IOException {
        try (Child app = inPidNamespace().startReady(WhoSentIt.class)) {
            Child.run("sh", "-c", "kill -s USR1 " + innermost(app));
            app.out().await("^event USR1 0$");
            assertThat(who(app)).contains("sender pid 0, uid 0, OUTSIDE, user " + userName(), "look NONE, gone false");
        }
    }

    /** As {@code docker exec} and {@code kubectl exec} do: its parent is outside. */
    @Test
    @AsRoot
    void aShellThatEnteredThePidNamespaceIsSeenAndHasNoParent() throws IOException {
        try (Child app = inPidNamespace().startReady(WhoSentIt.class);
                Child shell = Child.start(
                        "nsenter",
                        "--target",
                        Long.toString(innermost(app)),
                        "--pid",
                        "--mount",
                        "sh",
                        "-c",
                        "kill -s USR1 1; read -r _")) {
            app.out().await("^event USR1 [1-9]");
            assertThat(who(app))
                    .contains("look ON_ARRIVAL, gone false", "command Optional[sh], became Optional.empty")
                    .noneMatch(line -> line.startsWith("ancestor "));
            shell.tell("end");
        }
    }

    /** RLIMIT_SIGPENDING (getrlimit(2)): the kernel has no room for what comes with a standard signal of sigqueue(3). */
    @Test
    void aSignalThatTheQueueHadNoRoomForHasLostItsDetails() {
        try (Child app = ChildJvm.jvm().after("prlimit", "--sigpending=0").startReady(WhoSentIt.class);
                Child sender = Child.start(Child.helper("send_burst"), Long.toString(app.pid()), "1", "queue:USR1")) {
            assertThat(sender.ended()).isEqualTo("exited 0");
            app.out().await("^event USR1 0$");
            assertThat(who(app)).contains("sender pid 0, uid 0, DETAILS_LOST, user " + userName());
        }
    }

    @Test
    @AsRoot
    void whereProcIsHiddenPidAndUidAreLeft() {
        ChildJvm hidden = ChildJvm.jvm()
                .after("unshare", "-m", "sh", "-c", "mount -t proc -o hidepid=2 proc /proc && exec \"$@\"", "sh")
                .after("setpriv", "--reuid=1234", "--regid=1234", "--clear-groups");
        try (Child app = hidden.startReady(WhoSentIt.class);
                Courier courier = Courier.send("USR1", app.pid())) {
            app.out().await("^event USR1 " + courier.pid() + "$");
            assertThat(who(app))
                    .contains(
                            "look NONE, gone false",
                            "command Optional.empty, became Optional.empty",
                            "arguments []",
                            "executable Optional.empty");
        }
    }

    @Test
    @AsRoot
    void whereThereIsNoProcPidAndUidAreLeft() {
        try (Child app = ChildJvm.jvm().after("unshare", "-m").startReady(WhoSentIt.class)) {
            Child.run(
                    "nsenter",
                    "--target",
                    Long.toString(app.pid()),
                    "--mount",
                    "mount",
                    "-t",
                    "tmpfs",
                    "none",
                    "/proc");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.out().await("^event USR1 " + courier.pid() + "$");
                assertThat(who(app)).contains("look NONE, gone false", "arguments []");
            }
        }
    }

    /** What the app says of the latest sender. */
    private static List<String> who(Child app) {
        List<String> before = app.out().soFar();
        int told = Collections.frequency(before, "told");
        app.tell("who").out().await("^told$", told + 1);
        List<String> lines = app.out().soFar();
        return List.copyOf(lines.subList(before.size(), lines.size()));
    }

    private static Child shell(String script, long pid) {
        return Child.start(List.of("sh", "-c", script, "sh", Long.toString(pid)), Map.of());
    }

    private static ChildJvm inPidNamespace() {
        return ChildJvm.jvm().after("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");
    }

    /** The process that is the first in the namespace which unshare(1) has made, by the pid that it has here. */
    private static long innermost(Child unshare) throws IOException {
        return Long.parseLong(
                Files.readString(Path.of("/proc/" + unshare.pid() + "/task/" + unshare.pid() + "/children"))
                        .strip());
    }

    private static String executable(String command) {
        try {
            return Path.of("/usr/bin", command).toRealPath().toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String userName() {
        return ProcStatus.ownUid() == 0 ? "Optional[root]" : "Optional[" + System.getProperty("user.name") + "]";
    }
}
