package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.agent.Reload;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run:Class.method}: the app's own method, in an app that knows nothing of the agent. */
class RunIT {
    private static final String RELOAD = Reload.class.getName();

    @ParameterizedTest
    @CsvSource({
        "plainly,reloaded on heliograph-agent",
        "event,reloaded by HUP Sent",
        "both,both with HUP",
        "Nested,nested reloaded"
    })
    void callsTheMethod(String method, String said) {
        String target = method.equals("Nested") ? RELOAD + "$Nested.reload" : RELOAD + "." + method;
        try (Child app = start("HUP=run:" + target)) {
            for (int time = 1; time <= 3; time++) {
                send("HUP", app);
                app.out().await("^" + said + "$", time);
                app.err().await("^heliograph: HUP=run:" + Pattern.quote(target) + ": done in \\d+ ms$", time);
            }
            livesOn(app);
            assertThat(app.err().soFar()).hasSize(3);
        }
    }

    /** To load or initialise a class before the app does could change the app. */
    @Test
    void loadsNoClassBeforeTheSignal() {
        ChildJvm jvm = ChildJvm.jvm().option("-Xlog:class+load:stdout").agent("HUP=run:" + RELOAD + ".plainly");
        try (Child app = jvm.start(PlainApp.class)) {
            app.out().await("^ready$");
            livesOn(app);
            assertThat(app.out().soFar()).noneMatch(line -> line.contains(RELOAD));
            send("HUP", app);
            app.out().await("^reloaded on heliograph-agent$");
            app.out().await("^initialised by heliograph-agent$");
            app.out().await(RELOAD + " source: ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".fail|it threw java.lang.IllegalStateException: no config\\x0aheliograph: \\x1b[31mall is well",
                ".relaod|io.heliograph.programs.agent.Reload has no public static method relaod() or "
                        + "relaod(io.heliograph.SignalEvent)",
                ".wants|io.heliograph.programs.agent.Reload has no public static method wants() or "
                        + "wants(io.heliograph.SignalEvent)",
                ".needsAnObject|io.heliograph.programs.agent.Reload has no public static method needsAnObject() or "
                        + "needsAnObject(io.heliograph.SignalEvent)",
                ".hidden|io.heliograph.programs.agent.Reload has no public static method hidden() or "
                        + "hidden(io.heliograph.SignalEvent)",
                "$Hidden.reload|io.heliograph.programs.agent.Reload$Hidden is not public: a public method of a public class "
                        + "can be called",
                "$Broken.reload|io.heliograph.programs.agent.Reload$Broken could not be initialised: "
                        + "java.lang.IllegalStateException: no config\\x0aheliograph: \\x1b[31mall is well",
                "X.reload|there is no class io.heliograph.programs.agent.ReloadX: write run:Class.method with the package, and "
                        + "$ before a nested class; looked in the app's class path",
            })
    void saysInOneLineWhyNot(String target, String why) {
        try (Child app = start("HUP=run:" + RELOAD + target + "+log")) {
            try (Courier courier = Courier.send("HUP", app.pid())) {
                app.err().await(courier.logged("HUP")); // the next action goes on
            }
            livesOn(app);
            assertThat(app.err().soFar())
                    .hasSize(2)
                    .first()
                    .isEqualTo("heliograph: HUP=run:" + RELOAD + target + ": " + why);
            assertThat(app.out().soFar()).noneMatch(line -> line.startsWith("called"));
        }
    }

    /** Each of the actions for one arrival, in the order given, before any for the next. Real-time, so that none are merged. */
    @Test
    void actionsGoInOrder() {
        String options = "RTMIN+3=run:" + RELOAD + ".both+run:" + RELOAD + ".interrupt+run:" + RELOAD + ".event";
        try (Child app = start(options)) {
            for (int time = 0; time < 5; time++) {
                send("37", app);
            }
            app.out().await("^reloaded by RTMIN\\+3 Sent$", 5);
            assertThat(app.out().soFar().subList(2, 17))
                    .isEqualTo(Collections.nCopies(
                                    5,
                                    List.of(
                                            "both with RTMIN+3",
                                            "interrupted before: false",
                                            "reloaded by RTMIN+3 Sent"))
                            .stream()
                            .flatMap(List::stream)
                            .toList());
        }
    }

    /** However long they take, and wherever it stands. */
    @Test
    void theDefaultComesWhenTheOthersAreDone() {
        try (Child app = start("USR1=default+run:" + RELOAD + ".slow")) {
            send("USR1", app);
            assertThat(app.ended()).isEqualTo("signaled 10");
            assertThat(app.out().all()).endsWith("slowly reloaded");
        }
    }

    private static void send(String signal, Child app) {
        try (Courier courier = Courier.send(signal, app.pid())) {
            assertThat(courier.pid()).isPositive();
        }
    }

    private static Child start(String options) {
        return ChildJvm.jvm().agent(options).startReady(PlainApp.class);
    }

    private static void livesOn(Child app) {
        app.tell("are you there?").out().await("^heard are you there\\?$");
    }
}
