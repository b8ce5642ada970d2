package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.TwoCopies;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import org.junit.jupiter.api.Test;

/** Two copies of the library in one process, each with its own handler: the one that came later stands above. */
class TwoCopiesIT {
    @Test
    void eachHasItsOwnLibrary() {
        try (Child app = start("USR1")) {
            tell(app, "on 1", "on 2");
            assertThat(ProcStatus.mapped(app.pid(), "/libheliograph.so")).hasSize(2);
        }
    }

    /** To catch is to let nothing else happen, so the copy beneath sees nothing as long as the one above catches. */
    @Test
    void theLaterOneCatchesUntilItCloses() {
        try (Child app = start("USR1")) {
            tell(app, "on 1", "on 2");
            send("USR1", app, "^event 2$", 1);
            tell(app, "close 2");
            send("USR1", app, "^event 1$", 1);
            tell(app, "close 1");
            endsBy("USR1", app, "signaled 10");
            assertThat(app.out().all())
                    .filteredOn(line -> line.startsWith("event"))
                    .containsExactly("event 2", "event 1");
        }
    }

    /** What the earlier one put in place cannot be taken away from beneath: it passes on to what was there before. */
    @Test
    void theEarlierOneMayCloseFirst() {
        try (Child app = start("USR1")) {
            tell(app, "on 1", "on 2", "close 1");
            send("USR1", app, "^event 2$", 1);
            tell(app, "close 2");
            endsBy("USR1", app, "signaled 10");
            assertThat(app.out().all())
                    .filteredOn(line -> line.startsWith("event"))
                    .containsExactly("event 2");
        }
    }

    @Test
    void anObserverAboveLetsTheOneBeneathCatch() {
        try (Child app = start("USR1")) {
            tell(app, "on 1", "observe 2");
            for (int time = 1; time <= 3; time++) {
                send("USR1", app, "^event 2$", time);
                app.out().await("^event 1$", time);
            }
            tell(app, "close 2");
            send("USR1", app, "^event 1$", 4);
            tell(app, "close 1");
            endsBy("USR1", app, "signaled 10");
        }
    }

    @Test
    void anObserverBeneathLetsTheJvmExitAfterAnother() {
        try (Child app = start("TERM")) {
            tell(app, "observe 1", "observe 2");
            endsBy("TERM", app, "exited 143");
            assertThat(app.out().all()).contains("event 1", "event 2");
        }
    }

    @Test
    void theAgentSeesWhatAnotherCopyObserves() {
        try (Child app = ChildJvm.jvm().agent("TERM=log").start(TwoCopies.class, ChildJvm.jar(), "TERM")) {
            app.out().await("^ready$");
            tell(app, "observe 1");
            try (Courier courier = Courier.send("TERM", app.pid())) {
                assertThat(app.ended()).isEqualTo("exited 143");
                assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged("TERM"));
                assertThat(app.out().all()).contains("event 1");
            }
        }
    }

    /** The JDK's native method is the second copy's then, and the agent's is the copy that has the signal. */
    @Test
    void whatTheAppSetsGoesBeneathBoth() {
        try (Child app = ChildJvm.jvm().agent("USR1=log").start(TwoCopies.class, ChildJvm.jar(), "USR1")) {
            app.out().await("^ready$");
            String[] steps = {"handle a", "observe 1", "handle b", "observe 2", "handle c", "close 1", "handle d"};
            for (String step : steps) {
                tell(app, step);
                try (Courier courier = Courier.send("USR1", app.pid())) {
                    app.err().await(courier.logged("USR1"));
                    if (step.startsWith("handle")) {
                        app.out().await("^handler " + step.charAt(step.length() - 1) + "$");
                    }
                }
            }
            app.out().await("^event 1$", 4);
            app.out().await("^event 2$", 4);
        }
    }

    private static Child start(String signal) {
        return ChildJvm.jvm()
                .classPath(System.getProperty("heliograph.testclasses")) // so that each copy is in its own loader
                .startReady(TwoCopies.class, ChildJvm.jar(), signal);
    }

    private static void tell(Child app, String... lines) {
        for (String line : lines) {
            app.tell(line).out().await("^done " + line + "$");
        }
    }

    private static void send(String signal, Child app, String line, int occurrence) {
        try (Courier courier = Courier.send(signal, app.pid())) {
            assertThat(courier.pid()).isPositive();
            app.out().await(line, occurrence);
        }
    }

    private static void endsBy(String signal, Child app, String end) {
        try (Courier courier = Courier.send(signal, app.pid())) {
            assertThat(courier.pid()).isPositive();
            assertThat(app.ended()).isEqualTo(end);
            assertThat(app.err().all()).isEmpty();
        }
    }
}
