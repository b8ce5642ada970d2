package io.heliograph.agent.action;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.proc.LiveThreads;
import java.util.Optional;

/** {@code raise}: raises the signal as an exception in the main thread, as Python does. */
record RaiseAction() implements Action {
    @Override
    public String optionText() {
        return "raise";
    }

    @Override
    public Effect effect() {
        return Effect.DISPOSES;
    }

    @Override
    public void requireFit(Signal signal) {
        if (signal == Signal.QUIT) {
            throw new IllegalArgumentException(
                    "QUIT can't be raised: jcmd and other attaching processes send it; use INT, TERM or HUP");
        }
    }

    @Override
    public Optional<Registration> register(Signal signal) {
        try {
            return Optional.of(Signals.raiseIn(mainThread(signal), signal));
        } catch (UnsupportedOperationException refused) {
            throw new IllegalStateException(signal + "=raise: " + refused.getMessage(), refused);
        }
    }

    /** The oldest thread. The JVM's own threads, which come first too, never end. */
    private static Thread mainThread(Signal signal) {
        Thread oldest = LiveThreads.all().get(0);
        if (!isOfApp(oldest)) {
            throw new IllegalStateException(signal + "=raise: there is no main thread to raise it in: it has ended");
        }
        return oldest;
    }

    private static boolean isOfApp(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null && group.getParent() != null; // the JVM's own threads are in the top group
    }
}
