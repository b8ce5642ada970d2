package io.heliograph.programs.signals;

import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;

/** Waits for TERM in a process that the test takes all further threads from; {@code NoThreads register|agent}. */
public final class NoThreads {
    private NoThreads() {}

    public static void main(String[] args) {
        if (args[0].equals("register")) {
            Signals.on(Signal.TERM, event -> Talk.say("worker got " + event.signal()));
        }
        Talk.say("ready");
        Talk.hear("limited");
        try {
            new Thread(() -> {}).start();
            Talk.say("a thread was started");
        } catch (OutOfMemoryError e) {
            Talk.say("no thread: " + e.getMessage());
        }
        Talk.hear("end");
        Runtime.getRuntime().halt(0); // the orderly exit would need threads
    }
}
