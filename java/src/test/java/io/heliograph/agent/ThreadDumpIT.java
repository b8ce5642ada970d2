package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.agent.Threads;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code thread-dump} shows on standard error. */
class ThreadDumpIT {
    private static final String LOCK = "<0x\\w+> \\(a java.util.concurrent.locks.ReentrantLock\\$NonfairSync\\)";
    private static final String MONITOR = "<0x\\w+> \\(a java.lang.Object\\)";

    /** As jcmd's {@code Thread.print -l -e}, the form that tools parse. */
    @Test
    void isHotSpotsOwn() {
        try (Child app = start(ChildJvm.jvm().agent("USR1=log+thread-dump"));
                Courier courier = Courier.send("USR1", app.pid())) {
            List<String> lines = dump(app);
            assertThat(lines.get(0)).matches(courier.logged("USR1"));
            assertThat(lines.get(1)).matches("heliograph: thread dump of pid " + app.pid() + ", [-0-9T:.]+Z");
            assertThat(lines.get(4)).startsWith("Full thread dump ");
            assertThat(thread(lines, "\"main\" #\\d+ .*\\bprio=5 .*\\ballocated=.*"))
                    .startsWith("   java.lang.Thread.State: RUNNABLE")
                    .anyMatch(line -> line.matches(
                            "\tat .*io\\.heliograph\\.programs\\.agent\\.Threads\\.main\\(Threads.java:\\d+\\)"));
            assertThat(thread(lines, "\"monitor first\" #\\d+ .*"))
                    .anyMatch(line -> line.matches("\t- parking to wait for +" + LOCK))
                    .anyMatch(line -> line.matches("\t- locked " + MONITOR));
            assertThat(thread(lines, "\"lock first\" #\\d+ .*"))
                    .startsWith("   java.lang.Thread.State: BLOCKED (on object monitor)")
                    .containsSubsequence("   Locked ownable synchronizers:")
                    .anyMatch(line -> line.matches("\t- " + LOCK));
            assertThat(lines).containsOnlyOnce("Found one Java-level deadlock:");
        }
    }

    /** What the deadline of a shutdown prints, too. */
    @Test
    void isOursInAJvmWithoutTheModule() {
        ChildJvm jvm = ChildJvm.jvm().option("--limit-modules", "java.base,java.instrument,java.management");
        try (Child app = start(jvm.agent("USR1=thread-dump"));
                Courier courier = Courier.send("USR1", app.pid())) {
            assertThat(courier.pid()).isPositive();
            List<String> lines = dump(app);
            assertThat(lines)
                    .anyMatch(
                            line -> line.startsWith("HotSpot's own dump is missing: needs the module jdk.management"));
            assertThat(thread(lines, "\"main\" #\\d+ prio=5"))
                    .startsWith("   java.lang.Thread.State: RUNNABLE (in native)")
                    .anyMatch(line -> line.matches(
                            "\tat .*io\\.heliograph\\.programs\\.agent\\.Threads\\.main\\(Threads.java:\\d+\\)"));
            assertThat(thread(lines, "\"monitor first\" #\\d+ daemon prio=5"))
                    .anyMatch(line -> line.matches("\t- waits for " + LOCK + ", held by \"lock first\" #\\d+"))
                    .anyMatch(line -> line.matches("\t- locked " + MONITOR));
            assertThat(thread(lines, "\"lock first\" #\\d+ daemon prio=5"))
                    .startsWith("   java.lang.Thread.State: BLOCKED")
                    .anyMatch(line -> line.matches("\t- waits for " + MONITOR + ", held by \"monitor first\" #\\d+"))
                    .anyMatch(line -> line.matches("\t- holds " + LOCK));
            assertThat(thread(lines, "Deadlocked, .*"))
                    .anyMatch(line ->
                            line.matches(" +\"monitor first\" waits for " + LOCK + ", held by \"lock first\".*"))
                    .anyMatch(line ->
                            line.matches(" +\"lock first\" waits for " + MONITOR + ", held by \"monitor first\".*"));
            assertThat(thread(lines, "\"hostile\\\\x1b\\[31m\\\\x0aheliograph: \\\\\"\" #\\d+ daemon prio=5"))
                    .startsWith("   java.lang.Thread.State: WAITING");
        }
    }

    /** A thread's name is the app's, or its client's: it begins no line as ours, and steers no terminal. */
    @Test
    void isHarmless() {
        try (Child app = start(ChildJvm.jvm().agent("USR1=thread-dump"));
                Courier courier = Courier.send("USR1", app.pid())) {
            assertThat(courier.pid()).isPositive();
            List<String> lines = dump(app);
            assertThat(lines).allMatch(line -> line.matches("[\t -~]*"));
            assertThat(lines).contains("\"hostile\\x1b[31m");
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("heliograph: "))
                    .hasSize(2);
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("\\x68eliograph: \"\" #"))
                    .hasSize(1);
        }
    }

    /** In the JVMs that have them, which the tests run on both with and without. */
    @Test
    void showsVirtualThreads() {
        boolean hasThem = Runtime.version().feature() >= 21;
        try (Child app = start(ChildJvm.jvm().agent("USR1=thread-dump"));
                Courier courier = Courier.send("USR1", app.pid())) {
            assertThat(courier.pid()).isPositive();
            List<String> lines = dump(app);
            assertThat(lines.stream().filter(line -> line.matches("#\\d+ \"light\" virtual.*")))
                    .hasSize(hasThem ? 1 : 0);
            assertThat(lines.stream().filter(line -> line.contains("Threads.parkVirtually(")))
                    .hasSize(hasThem ? 1 : 0);
            assertThat(lines.stream().filter(line -> line.contains("programs.agent.Threads.main(")))
                    .hasSize(1); // once only, though HotSpot's own dump has it too
        }
    }

    /** It is what USR1 does from now on: without it, the app would be gone. */
    @Test
    void takesTheSignal() {
        try (Child app = start(ChildJvm.jvm().agent("USR1=thread-dump,TERM=thread-dump"))) {
            for (int time = 1; time <= 3; time++) {
                try (Courier courier = Courier.send(time == 2 ? "TERM" : "USR1", app.pid())) {
                    assertThat(courier.pid()).isPositive();
                    app.err().await("^heliograph: end of the thread dump$", time);
                }
            }
        }
    }

    /** QUIT it only observes: HotSpot's own dump, and with it jcmd, go on. */
    @Test
    void leavesQuitToHotSpotToo() {
        try (Child app = start(ChildJvm.jvm().agent("QUIT=thread-dump"))) {
            try (Courier courier = Courier.send("QUIT", app.pid())) {
                assertThat(courier.pid()).isPositive();
                dump(app);
                app.out().await("^Full thread dump ");
            }
            Child.run(ChildJvm.tool("jcmd"), "" + app.pid(), "VM.version");
        }
    }

    /** The default comes when all is done, wherever it stands. */
    @Test
    void thenDefault() {
        for (String options : List.of("TERM=thread-dump+default", "TERM=default+thread-dump")) {
            try (Child app = ChildJvm.jvm().agent(options).start(PlainApp.class, "hook")) {
                app.out().await("^ready$");
                try (Courier courier = Courier.send("TERM", app.pid())) {
                    assertThat(courier.pid()).isPositive();
                    assertThat(app.ended()).isEqualTo("signaled 15");
                    assertThat(app.err().all()).last().isEqualTo("heliograph: end of the thread dump");
                    assertThat(app.out().all()).containsExactly("ready");
                }
            }
        }
    }

    private static Child start(ChildJvm jvm) {
        return jvm.startReady(Threads.class);
    }

    private static List<String> dump(Child app) {
        app.err().await("^heliograph: end of the thread dump$");
        return app.err().soFar();
    }

    /** The lines from behind the one that matches, up to the next thread. */
    private static List<String> thread(List<String> lines, String regex) {
        return lines.stream()
                .dropWhile(line -> !line.matches(regex))
                .skip(1)
                .takeWhile(line -> !line.startsWith("\""))
                .toList();
    }
}
