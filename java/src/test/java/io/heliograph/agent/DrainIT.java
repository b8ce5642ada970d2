package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.Ending;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A delay before the end: the app serves on, then the actions behind it act in order. */
class DrainIT {
    private static final String DRAIN = "run:" + Ending.class.getName() + ".drain";
    private static final int CLIENTS = 4;

    /** The app's hook stops the server at once, so an exit that begins early fails a request. */
    @ParameterizedTest
    @ValueSource(strings = {"shutdown", "deadline:10h"})
    void aServerAnswersDuringTheDelay(String end) throws Exception {
        String options = "TERM=log+delay:9h+" + end + ",exit=0";
        try (Child app = ChildJvm.jvm().agent(options).startReady(Ending.class, "server")) {
            URI address = URI.create(
                    "http://127.0.0.1:" + app.out().await("^port ([0-9]+)$").group(1) + "/");
            AtomicBoolean isOver = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<?>> requests = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                requests.add(clients.submit(() -> {
                    ask(address, isOver, answered);
                    return null;
                }));
            }
            awaitAnswers(answered, 1);
            send("TERM", app);
            app.err().await("^heliograph: TERM from ");
            awaitAnswers(answered, 200);
            isOver.set(true);
            for (Future<?> request : requests) {
                request.get(); // fails if one request has failed
            }
            clients.shutdown();
            assertThat(app.out().soFar()).doesNotContain("stop at work");
            sendUntil("the end begins now: a second request came", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).endsWith("stop at work", "stop done");
        }
    }

    private static void ask(URI address, AtomicBoolean isOver, AtomicInteger answered) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        while (!isOver.get()) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("answer");
            answered.incrementAndGet();
        }
    }

    private static void awaitAnswers(AtomicInteger answered, int more) {
        int before = answered.get();
        Eventually.until(more + " answers", () -> answered.get() >= before + more);
    }

    @Test
    void aSecondRequestEndsTheDelay() {
        try (Child app = ChildJvm.jvm().agent("TERM=log+delay:9h+shutdown").startReady(Ending.class, "plain")) {
            sendUntil("the end begins now: a second request came", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "fine at work", "fine done");
        }
    }

    /** Neither the same signal again nor another one. A TERM that is pending would merge with the next (signal(7)). */
    @Test
    void aRepeatRunsNothingAgain() {
        String run = "run:" + Ending.class.getName() + ".drainSlowly:600s";
        String options = "TERM=log+" + run + "+shutdown,HUP=log+" + DRAIN + "+delay:1ms+shutdown";
        try (Child app = ChildJvm.jvm().agent(options).startReady(Ending.class, "hang in main")) {
            send("TERM", app);
            app.out().await("^draining$");
            send("HUP", app);
            send("TERM", app);
            app.tell("go");
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "draining", "drained", "fine at work", "fine done");
        }
    }

    /** The second one waits until the first has acted; the third is the same as the second. */
    @Test
    void whatArrivesDuringADelayIsOneMoreArrival() {
        String options = "USR1=log+delay:1s+" + DRAIN;
        try (Child app = ChildJvm.jvm().agent(options).startReady(Ending.class, "plain")) {
            for (int i = 1; i <= 3; i++) {
                send("USR1", app);
                app.err().await("^heliograph: USR1 from ", i);
            }
            app.out().await("^drained$", 2);
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).filteredOn("drained"::equals).hasSize(2);
        }
    }

    @Test
    void offEndsADelay() {
        String options = "USR1=log+delay:9h+" + DRAIN;
        ChildJvm jvm = ChildJvm.jvm().option("-XX:+EnableDynamicAgentLoading");
        try (Child app = jvm.agent(options).startReady(Ending.class, "plain")) {
            send("USR1", app);
            app.err().await("^heliograph: USR1 from ");
            assertThat(Attacher.attach(app, "off")).contains("return code: 0");
            app.err().await("^heliograph: off: ");
            assertThat(app.err().soFar())
                    .contains("heliograph: " + options
                            + ": off came during delay:9h, and the actions behind it do not run");
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).doesNotContain("drained");
        }
    }

    /** Also the app's own handlers. */
    @Test
    void theActionsBehindADelayActInOrder() {
        String options = "TERM=delay:10ms+" + DRAIN + "+delay:10ms+deadline:60s";
        try (Child app = ChildJvm.jvm().agent(options).startReady(Ending.class, "barrier")) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("ready", "drained", "handled", "cleaned up");
        }
    }

    @Test
    void aDelayHoldsTheDefaultActionBack() {
        try (Child app =
                ChildJvm.jvm().agent("USR1=delay:10ms+" + DRAIN + "+default").startReady(Ending.class, "plain")) {
            send("USR1", app);
            assertThat(app.ended()).isEqualTo("signaled 10");
            assertThat(app.out().all()).containsExactly("ready", "drained");
        }
    }

    /** The agent's one thread does not sleep through a delay. */
    @Test
    void aDelayHoldsNoOtherSignalUp() {
        String options = "USR1=delay:9h+default,HUP=" + DRAIN;
        try (Child app = ChildJvm.jvm().agent(options).startReady(Ending.class, "plain")) {
            send("USR1", app);
            send("HUP", app);
            app.out().await("^drained$");
        }
    }

    @Test
    void anEndWaitsForAMethodThatHasTime() {
        String run = "run:" + Ending.class.getName() + ".drainSlowly";
        try (Child app =
                ChildJvm.jvm().agent("TERM=" + run + ":600s+shutdown").startReady(Ending.class, "hang in main")) {
            send("TERM", app);
            app.out().await("^draining$");
            app.tell("go");
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "draining", "drained", "fine at work", "fine done");
            app.err().await("^heliograph: TERM=" + run + ":600s: done in [0-9]+ ms$");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', half a second is over", ":1ms, the time of the actions before it is over"})
    void anEndThatWaitsNoLongerSaysSo(String time, String why) {
        String run = "run:" + Ending.class.getName() + ".drainSlowly";
        try (Child app =
                ChildJvm.jvm().agent("TERM=" + run + time + "+shutdown").startReady(Ending.class, "hang in main")) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            app.err().await("^heliograph: TERM: the end begins now: .*" + why);
            assertThat(app.out().all()).doesNotContain("drained").endsWith("fine done");
        }
    }

    private static void sendUntil(String line, Child app) {
        while (app.err().soFar().stream().noneMatch(seen -> seen.contains(line))) {
            send("TERM", app);
        }
    }

    private static void send(String signal, Child app) {
        Child.run("/bin/kill", "-s", signal, "" + app.pid());
    }
}
