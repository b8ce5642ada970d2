package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.signals.Patient;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Conversation;
import io.heliograph.testing.Finding;
import io.heliograph.testing.ProcStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor's findings against what the kernel says in {@code /proc}, step by step through a life. */
class DoctorIT {
    private static final String WORKER = "io.heliograph.programs.signals.Patient$Worker";
    private static final String APPS = "io.heliograph.programs.signals.Patient$AppsHandler";
    private static final String OURS = "CAUGHT:HELIOGRAPH:libheliograph.so:";
    private static final String HOTSPOT = "CAUGHT:HOTSPOT:libjvm.so:";
    private static final String FOREIGN = "CAUGHT:LIBRARY:libforeign_handler.so:";
    private static final String JAVA = "CAUGHT:JAVA:libjvm.so:" + APPS;
    private static final String NOBODY = "DEFAULT:NOBODY::";

    @ParameterizedTest
    @ValueSource(strings = {"plain", "-Xrs", "libjsig", "-Xcheck:jni"})
    void itIsRightAfterEachStepOfALife(String circumstances) {
        boolean orderlyExit = !circumstances.equals("-Xrs");
        String terminator = orderlyExit ? "CAUGHT:HOTSPOT:libjvm.so:java.lang.Terminator$" : NOBODY;
        try (Child child = jvm(circumstances).start(Patient.class)) {
            Conversation app = Conversation.with(child);
            app.tell("examine"); // starts the dispatcher's thread

            Map<String, Finding> start = examined(app);
            assertThat(start.get("TERM").layers()).startsWith(terminator).doesNotContain(">");
            assertThat(start.get("QUIT").layers()).isEqualTo(orderlyExit ? HOTSPOT : NOBODY);
            assertThat(start.get("SEGV").layers()).isEqualTo(HOTSPOT);
            assertThat(start.get("USR2").layers()).isEqualTo(HOTSPOT);
            assertThat(start.get("USR1").layers()).isEqualTo(NOBODY);
            assertThat(start.get("ALRM").registered()).isEqualTo("[]");
            assertThat(start.get("KILL").layers()).isEqualTo(NOBODY);
            assertThat(start.get("STOP").kind()).isEqualTo("DEFAULT");
            assertThat(start.get("RTMIN+28").layers())
                    .startsWith("CAUGHT:LIBRARY:lib")
                    .endsWith(".so:");

            app.tellAll("observe TERM", "catch USR1", "catch RTMIN+3", "ignore WINCH", "default HUP", "observe INT");
            Map<String, Finding> caught = examined(app);
            assertThat(caught.get("TERM").layers()).startsWith(OURS + ">" + terminator);
            assertThat(caught.get("TERM").registered()).isEqualTo("[OBSERVE:" + WORKER + "]");
            assertThat(caught.get("USR1").layers()).isEqualTo(OURS + ">" + NOBODY);
            assertThat(caught.get("USR1").registered()).isEqualTo("[CATCH:" + WORKER + "]");
            assertThat(caught.get("RTMIN+3").layers()).isEqualTo(OURS + ">" + NOBODY);
            assertThat(caught.get("WINCH").layers()).isEqualTo("IGNORED:HELIOGRAPH::>" + NOBODY);
            assertThat(caught.get("WINCH").registered()).isEqualTo("[IGNORE:nobody]");
            assertThat(caught.get("HUP").layers()).startsWith("DEFAULT:HELIOGRAPH::>" + terminator);

            app.tellAll("raise USR1");
            app.out().await("^worked USR1$");
            Finding counted = examined(app).get("USR1");
            assertThat(counted.counts()).isEqualTo("1/1/0");
            assertThat(counted.lastSender()).isEqualTo("" + app.pid());
            assertThat(start.get("USR1").counts()).isEqualTo("0/0/0");
            assertThat(start.get("USR1").lastSender()).isEqualTo("none");

            // Not TERM, which sun.misc.Signal refuses under -Xrs.
            app.tellAll("app ALRM", "app-ignores VTALRM", "observe ALRM", "app XCPU");
            Map<String, Finding> apps = examined(app);
            assertThat(apps.get("ALRM").layers()).isEqualTo(OURS + ">" + JAVA);
            assertThat(apps.get("XCPU").layers()).isEqualTo(JAVA);
            assertThat(apps.get("VTALRM").layers()).isEqualTo("IGNORED:UNKNOWN::");

            app.tellAll("load " + foreignLibrary());
            Map<String, Finding> foreign = examined(app);
            assertThat(foreign.get("USR1").layers()).isEqualTo(FOREIGN + ">CAUGHT:HELIOGRAPH::>" + NOBODY);
            assertThat(foreign.get("URG").layers()).isEqualTo(FOREIGN);

            app.tellAll("close USR1", "close RTMIN+3", "close WINCH", "close HUP", "close INT", "close TERM");
            app.tellAll("close ALRM", "app-restores XCPU");
            Map<String, Finding> closed = examined(app);
            assertThat(closed.get("TERM").layers()).startsWith(terminator).doesNotContain(">");
            assertThat(closed.get("HUP")).isEqualTo(start.get("HUP"));
            assertThat(closed.get("USR1").layers()).isEqualTo(FOREIGN + ">CAUGHT:HELIOGRAPH::>" + NOBODY);
            assertThat(closed.get("USR1").registered()).isEqualTo("[]");
            assertThat(closed.get("WINCH").layers()).isEqualTo(NOBODY);
            assertThat(closed.get("ALRM").layers()).isEqualTo(JAVA);
            assertThat(closed.get("XCPU").layers()).isEqualTo(NOBODY);

            assertThat(app.end()).isEqualTo("exited 0");
            assertThat(app.out().all()).noneMatch(line -> line.contains("WARNING"));
            assertThat(child.err().all()).isEmpty();
        }
    }

    /** Whether the JVM was started with the signal blocked or ignored is not its doing, and is seen all the same. */
    @Test
    void whatTheStarterBlockedOrIgnored() {
        ChildJvm jvm = jvm("plain").after("env", "--block-signal=URG,USR1", "--ignore-signal=HUP");
        try (Conversation app = Conversation.with(jvm.start(Patient.class))) {
            app.tell("examine");
            Map<String, Finding> start = examined(app);
            assertThat(start.get("HUP").layers()).isEqualTo("IGNORED:UNKNOWN::");
            Finding urg = start.get("URG");
            assertThat(urg.blockedInFirst()).isTrue();
            assertThat(urg.blockedThreads()).isEqualTo(urg.threads());
            assertThat(urg.pending()).isFalse();

            Child.run("sh", "-c", "kill -s URG " + app.pid());
            assertThat(examined(app).get("URG").pending()).isTrue();

            app.tellAll("observe HUP", "catch USR1");
            Child.run("sh", "-c", "kill -s USR1 " + app.pid());
            app.out().await("^worked USR1$"); // from here on the dispatcher's thread has it unblocked
            Map<String, Finding> seen = examined(app);
            assertThat(seen.get("HUP").layers()).isEqualTo("IGNORED:UNKNOWN::");
            assertThat(seen.get("HUP").registered()).isEqualTo("[OBSERVE:" + WORKER + "]");
            assertThat(seen.get("USR1").blockedThreads())
                    .isEqualTo(seen.get("USR1").threads() - 1);
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    /** All that the kernel knows of every signal; the threads of the JVM stay the same while nothing happens. */
    private static Map<String, Finding> examined(Conversation app) {
        long pid = app.pid();
        Map<String, Finding> findings = Finding.parse(app.tell("examine"));
        String caught = ProcStatus.status(pid, "SigCgt");
        String ignored = ProcStatus.status(pid, "SigIgn");
        String blocked = ProcStatus.status(pid, "SigBlk");
        String pending = ProcStatus.status(pid, "ShdPnd");
        List<String> blockedByThread = ProcStatus.ofThreads(pid, "SigBlk");
        assertThat(findings).hasSize(62); // 1 to 64 without the C library's own two
        for (Finding finding : findings.values()) {
            int number = finding.number();
            String kind =
                    ProcStatus.has(caught, number) ? "CAUGHT" : ProcStatus.has(ignored, number) ? "IGNORED" : "DEFAULT";
            assertThat(finding.kind()).as("disposition of %s", finding).isEqualTo(kind);
            assertThat(finding.layers()).as("first layer of %s", finding).startsWith(kind + ":");
            assertThat(finding.blockedInFirst())
                    .as("blocked in the first thread: %s", finding)
                    .isEqualTo(ProcStatus.has(blocked, number));
            assertThat(finding.blockedThreads())
                    .as("threads that block it: %s", finding)
                    .isEqualTo((int) blockedByThread.stream()
                            .filter(mask -> ProcStatus.has(mask, number))
                            .count());
            assertThat(finding.threads()).as("threads: %s", finding).isEqualTo(blockedByThread.size());
            assertThat(finding.pending()).as("pending: %s", finding).isEqualTo(ProcStatus.has(pending, number));
        }
        return findings;
    }

    /** Its threads neither come nor go by themselves. */
    private static ChildJvm jvm(String circumstances) {
        ChildJvm jvm = ChildJvm.jvm()
                .option("-XX:+UseSerialGC", "-XX:-UseDynamicNumberOfCompilerThreads")
                .environment("HELIOGRAPH_TEST_FOREIGN", "10 23");
        return switch (circumstances) {
            case "plain" -> jvm;
            case "libjsig" ->
                jvm.after("env", "LD_PRELOAD=" + Path.of(System.getProperty("java.home"), "lib", "libjsig.so"));
            default -> jvm.option(circumstances);
        };
    }

    private static String foreignLibrary() {
        return Path.of(System.getProperty("heliograph.native"), "libforeign_handler.so")
                .toString();
    }
}
