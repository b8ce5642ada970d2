package io.heliograph.programs.signals;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.workers.WorkerGroup;

/**
 * Uses each part of the library that names classes: a signal with its sender, a child JVM, an exception in a thread. Each
 * line begins with the package of the library. Its argument, if any, is the name of another such program, which runs first
 * while this one has its signal. Then it says "ready", and runs until its input ends.
 */
public final class EveryPart {
    private static final String ME = Signals.class.getPackageName();

    private EveryPart() {}

    /** The child. */
    public static final class Child {
        private Child() {}

        public static void main(String[] args) {
            Talk.say(ME + " child " + Signals.isAvailable());
        }
    }

    public static void main(String[] args) throws Exception {
        try (Registration usr1 = Signals.on(Signal.USR1, EveryPart::tell)) {
            if (args.length > 0) {
                Class.forName(args[0]).getMethod("parts").invoke(null);
            }
            parts();
            Talk.say("ready");
            Talk.hear();
        }
    }

    private static void tell(SignalEvent event) {
        if (event instanceof SignalEvent.Sent sent) {
            Talk.say(
                    ME + " caught " + sent.signal() + " of pid " + sent.sender().pid());
        }
    }

    public static void parts() throws Exception {
        try (WorkerGroup group = WorkerGroup.open()) {
            group.javaProcess("child", Child.class);
            group.join();
        }
        try (Registration raised = Signals.raiseIn(Thread.currentThread(), Signal.HUP)) {
            Signals.raise(Signal.HUP);
            for (long i = 0; ; i++) {
                if (i < 0) {
                    Talk.say("overflow");
                }
            }
        } catch (RuntimeException what) {
            Talk.say(what.getClass().getName());
        }
    }
}
