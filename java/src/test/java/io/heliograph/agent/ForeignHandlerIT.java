package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.HandlerApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.Thorough;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A native library of the app puts a handler above ours by sigaction(2), which no call of ours sees. */
class ForeignHandlerIT {
    private static final Path LIBRARY = Path.of(System.getProperty("heliograph.native"), "libforeign_handler.so");

    @Test
    @Thorough
    void isNamedOnceAndLeftWhereItIs() {
        try (Child app = start("USR1=log+ignore,WINCH=log,URG=ignore")) {
            tell(app, "foreign USR1");
            app.err().await(report("USR1"));
            // It passes on, as it should.
            send(app, "USR1");
            tell(app, "away USR1");
            tell(app, "foreign USR1");
            tell(app, "foreign WINCH");
            app.err().await(report("WINCH")); // two looks on, in both of which USR1's was there again
            assertThat(app.tell("disposition USR1")
                            .out()
                            .await("^done disposition USR1: (.*)")
                            .group(1))
                    .isEqualTo("CAUGHT ours=false registrations=2 in " + LIBRARY);
            tell(app, "foreign URG"); // of what is ignored too
            app.err().await(report("URG"));
            tell(app, "away WINCH");
            send(app, "WINCH");
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all())
                    .filteredOn(line -> !line.contains(" from pid "))
                    .hasSize(3);
        }
    }

    /** What the app then sets by sun.misc.Signal takes the library's place, with or without us; and ours is on top again. */
    @Test
    void givesWayToTheAppsOwnHandler() {
        try (Child app = start("USR1=log")) {
            tell(app, "handle USR1 a", "SIG_DFL");
            tell(app, "foreign USR1");
            app.err().await(report("USR1"));
            tell(app, "handle USR1 b", "native");
            send(app, "USR1");
            app.out().await("^b got SIGUSR1$");
            assertThat(app.tell("disposition USR1")
                            .out()
                            .await("^done disposition USR1: (.*)")
                            .group(1))
                    .startsWith("CAUGHT ours=true registrations=1 in ");
        }
    }

    private static Child start(String options) {
        return ChildJvm.jvm().agent(options).startReady(HandlerApp.class, LIBRARY.toString());
    }

    private static String report(String signal) {
        return "^heliograph: " + signal + " now goes to a handler of " + Pattern.quote(LIBRARY.toString())
                + "\\. It is left so: what the agent is to do with " + signal
                + " is done only where it is passed on to it$";
    }

    private static void tell(Child app, String line) {
        tell(app, line, "0");
    }

    private static void tell(Child app, String line, String answer) {
        int times = (int) app.out().soFar().stream()
                .filter(("done " + line + ": " + answer)::equals)
                .count();
        app.tell(line).out().await("^done " + line + ": " + answer + "$", times + 1);
    }

    private static void send(Child app, String signal) {
        try (Courier courier = Courier.send(signal, app.pid())) {
            app.err().await(courier.logged(signal));
        }
    }
}
