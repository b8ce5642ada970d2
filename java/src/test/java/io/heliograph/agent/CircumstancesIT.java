package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.HandlerApp;
import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.agent.SignalsApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import io.heliograph.testing.Thorough;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a JVM may have been started before we come. */
class CircumstancesIT {
    private static final int HUP = 1;
    private static final int INT = 2;
    private static final int USR1 = 10;
    private static final String[] WITHOUT_CORE = {"sh", "-c", "ulimit -c 0 && exec \"$@\"", "sh"};
    private static final String[] HUP_AND_INT_IGNORED = {"sh", "-c", "trap '' HUP INT && exec \"$@\"", "sh"};
    private static final String[] USR1_BLOCKED = {"env", "--block-signal=USR1"};

    /** Whatever collector, and with each way in: the signal is logged, and then happens what happens without us. */
    @ParameterizedTest
    @CsvSource({
        "-XX:+UseSerialGC,false", "-XX:+UseSerialGC,true", "-XX:+UseG1GC,false",
        "-XX:+UseG1GC,true", "-XX:+UseZGC,false", "-XX:+UseZGC,true"
    })
    @Thorough
    void collectors(String collector, boolean isNative) {
        try (Child app = start(ChildJvm.jvm().option(collector).agent(isNative, ""), "hook")) {
            for (String signal : List.of("USR2", "QUIT")) {
                try (Courier courier = Courier.send(signal, app.pid())) {
                    app.err().await(courier.logged(signal));
                }
            }
            livesOn(app);
            try (Courier courier = Courier.send("TERM", app.pid())) {
                assertThat(app.ended()).isEqualTo("exited 143");
                assertThat(app.err().all()).hasSize(3).last().asString().containsPattern(courier.logged("TERM"));
                assertThat(app.out().all()).contains("hook ran");
            }
        }
    }

    /** A child by vfork(2) shares our memory and has our handlers until it calls exec. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChildOfNativeCodeDiesFromASignalThatTheParentCatches(boolean isNative) {
        String library = Path.of(System.getProperty("heliograph.native"), "libchild_signal.so")
                .toString();
        try (Child app = ChildJvm.jvm().agent(isNative, "USR1=log+ignore").start(HandlerApp.class, library)) {
            app.out().await("^child signal " + USR1 + "$");
            app.out().await("^ready$");
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
        }
    }

    /** Of what is HotSpot's, only a handler above its own for USR2 is told of (17: for PIPE and XFSZ too). */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void xcheckJniIsSilentButForUsr2(boolean isNative) {
        String quiet = "HUP=log,INT=log,QUIT=log,TERM=log,USR1=log+ignore";
        try (Child app = start(ChildJvm.jvm().option("-Xcheck:jni").agent(isNative, quiet), "hook")) {
            try (Courier courier = Courier.send("QUIT", app.pid())) {
                app.err().await(courier.logged("QUIT"));
            }
            try (Courier courier = Courier.send("TERM", app.pid())) {
                assertThat(app.ended()).isEqualTo("exited 143");
                assertThat(app.err().all()).hasSize(2).last().asString().containsPattern(courier.logged("TERM"));
                assertThat(app.out().all()).noneMatch(said -> said.startsWith("Warning") || said.startsWith("WARNING"));
            }
        }
    }

    /** The other way in meets the same circumstances. */
    @ParameterizedTest
    @CsvSource({"-Xrs,TERM,signaled 15", "-Xrs,INT,signaled 2", "-Dx=,TERM,exited 143", "-Dx=,USR1,signaled 10"})
    void nativelyUnderXrsAndLibjsig(String option, String signal, String end) {
        ChildJvm jvm = option.equals("-Xrs") ? ChildJvm.jvm().after(WITHOUT_CORE) : preloaded();
        try (Child app = start(jvm.option(option).nativeAgent(""));
                Courier courier = Courier.send(signal, app.pid())) {
            assertThat(app.ended()).isEqualTo(end);
            assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged(signal));
        }
    }

    /** With it the JVM takes none of these, and the default action happens, with the agent as without. */
    @ParameterizedTest
    @CsvSource({"HUP,1", "INT,2", "QUIT,3", "TERM,15"})
    void xrs(String signal, int number) {
        ChildJvm without = ChildJvm.jvm().after(WITHOUT_CORE).option("-Xrs");
        assertThat(endedBy(signal, without)).isEqualTo("signaled " + number);
        ChildJvm with = ChildJvm.jvm().after(WITHOUT_CORE).option("-Xrs").agent("");
        try (Child app = start(with, "hook");
                Courier courier = Courier.send(signal, app.pid())) {
            assertThat(app.ended()).isEqualTo("signaled " + number);
            assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged(signal));
            assertThat(app.out().all()).containsExactly("ready");
        }
    }

    /** It stands between every program and sigaction(2), and keeps the JVM's handlers where they are. */
    @ParameterizedTest
    @CsvSource({"HUP,exited 129", "INT,exited 130", "TERM,exited 143", "USR1,signaled 10"})
    void libjsig(String signal, String end) {
        assertThat(endedBy(signal, preloaded())).isEqualTo(end);
        try (Child app = start(preloaded().agent(""))) {
            assertThat(ProcStatus.mapped(app.pid(), "/libjsig.so")).hasSize(1);
            try (Courier courier = Courier.send(signal, app.pid())) {
                assertThat(app.ended()).isEqualTo(end);
                assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged(signal));
            }
        }
    }

    @Test
    void libjsigLetsQuitAndUsr2Be() {
        try (Child app = start(preloaded().agent(""))) {
            try (Courier courier = Courier.send("QUIT", app.pid())) {
                app.err().await(courier.logged("QUIT"));
                app.out().await("^Full thread dump ");
                app.out().await(ChildJvm.LAST_OF_THREAD_DUMP);
            }
            try (Courier courier = Courier.send("USR2", app.pid())) {
                app.err().await(courier.logged("USR2"));
            }
            livesOn(app);
        }
    }

    /** As a shell starts what it puts into its background, and nohup. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasIgnoredStaysIgnored(boolean withAgent) {
        ChildJvm jvm = ChildJvm.jvm().after(HUP_AND_INT_IGNORED);
        try (Child app = start(withAgent ? jvm.agent("") : jvm);
                Courier hup = Courier.send("HUP", app.pid());
                Courier interrupt = Courier.send("INT", app.pid())) {
            livesOn(app);
            assertThat(ProcStatus.ignores(app.pid(), HUP)).isTrue();
            assertThat(ProcStatus.ignores(app.pid(), INT)).isTrue();
            String child = app.tell("child").out().await("^SigIgn:\\s*(\\w+)$").group(1);
            assertThat(ProcStatus.has(child, HUP)).isTrue();
            assertThat(ProcStatus.has(child, INT)).isTrue();
            assertThat(List.of(hup.pid(), interrupt.pid())).doesNotHaveDuplicates();
            assertThat(app.err().soFar()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasIgnoredCanBeCaughtAndIsIgnoredAgain(boolean withAgent) {
        ChildJvm jvm = ChildJvm.jvm().after(HUP_AND_INT_IGNORED);
        try (Child app = start(SignalsApp.class, withAgent ? jvm.agent("") : jvm)) {
            app.tell("on INT").out().await("^done on INT$");
            assertThat(ProcStatus.ignores(app.pid(), INT)).isFalse();
            assertThat(ProcStatus.ignores(app.pid(), HUP)).isTrue();
            try (Courier courier = Courier.send("INT", app.pid())) {
                app.out().await("^event INT Sent$");
                if (withAgent) {
                    app.err().await(courier.logged("INT"));
                }
            }
            app.tell("close").out().await("^done close$");
            assertThat(ProcStatus.ignores(app.pid(), INT)).isTrue();
            try (Courier courier = Courier.send("INT", app.pid())) {
                assertThat(courier.pid()).isPositive();
                app.tell("available").out().await("^available$");
            }
        }
    }

    @Test
    void whatWasBlockedIsDispatchedAllTheSame() {
        try (Child app = start(SignalsApp.class, ChildJvm.jvm().after(USR1_BLOCKED))) {
            for (int time = 1; time <= 2; time++) {
                app.tell("on USR1").out().await("^done on USR1$", time);
                for (int event = 1; event <= 3; event++) {
                    try (Courier courier = Courier.send("USR1", app.pid())) {
                        assertThat(courier.pid()).isPositive();
                        app.out().await("^event USR1 Sent$", (time - 1) * 3 + event);
                    }
                }
                app.tell("close").out().await("^done close$", time);
            }
            assertThat(app.err().soFar()).isEmpty();
        }
    }

    @Test
    void whatWasBlockedIsLoggedAllTheSame() {
        try (Child app = start(ChildJvm.jvm().after(USR1_BLOCKED).agent("USR1=log+ignore"))) {
            for (int time = 0; time < 3; time++) {
                try (Courier courier = Courier.send("USR1", app.pid())) {
                    app.err().await(courier.logged("USR1"));
                }
            }
            livesOn(app);
            assertThat(ProcStatus.ignores(app.pid(), USR1)).isFalse();
        }
    }

    /** Without the agent it would stay pending for ever, and end nobody. */
    @Test
    void whatWasBlockedIsLoggedAndItsDefaultActionStaysAway() {
        try (Child app = start(ChildJvm.jvm().after(USR1_BLOCKED).agent(""));
                Courier courier = Courier.send("USR1", app.pid())) {
            app.err().await(courier.logged("USR1"));
            livesOn(app);
        }
    }

    private static String endedBy(String signal, ChildJvm jvm) {
        try (Child app = start(jvm);
                Courier courier = Courier.send(signal, app.pid())) {
            assertThat(courier.pid()).isPositive();
            return app.ended();
        }
    }

    private static ChildJvm preloaded() {
        Path libjsig = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
        assertThat(libjsig).exists();
        // Of the JVM alone: how_ended and the test's other helpers have no use for it.
        return ChildJvm.jvm().after("env", "LD_PRELOAD=" + libjsig);
    }

    private static Child start(ChildJvm jvm, String... arguments) {
        return jvm.startReady(PlainApp.class, arguments);
    }

    private static Child start(Class<?> main, ChildJvm jvm) {
        return jvm.startReady(main);
    }

    private static void livesOn(Child app) {
        app.tell("are you there?").out().await("^heard are you there\\?$");
    }
}
