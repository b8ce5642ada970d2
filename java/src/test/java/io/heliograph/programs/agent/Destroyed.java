package io.heliograph.programs.agent;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.util.concurrent.CountDownLatch;

/**
 * What the program {@code jvm_host} runs: it does with USR1 what the property {@code usr1} says, and returns. The JVM then
 * waits until it is destroyed.
 */
public final class Destroyed {
    private Destroyed() {}

    /** Without arguments. */
    public static void main(String[] args) {
        switch (System.getProperty("usr1", "nothing")) {
            case "hang" -> Signals.on(Signal.USR1, event -> hang(), Delivery.inline());
            case "hook" -> Runtime.getRuntime().addShutdownHook(new Thread(Destroyed::untilUsr1));
            case "on" -> Signals.on(Signal.USR1, event -> {});
            case "observe" -> Signals.observe(Signal.USR1, event -> {});
            case "ignore" -> Signals.ignore(Signal.USR1);
            case "default" -> Signals.restoreDefault(Signal.USR1);
            default -> {}
        }
    }

    private static void hang() throws InterruptedException {
        Talk.say("hangs");
        new CountDownLatch(1).await();
    }

    /** A shutdown hook. */
    private static void untilUsr1() {
        CountDownLatch arrived = new CountDownLatch(1);
        try (Registration usr1 = Signals.on(Signal.USR1, event -> arrived.countDown())) {
            Talk.say("hook");
            arrived.await();
            Talk.say("hook ends");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
