package io.heliograph.agent.action;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.agent.option.Action;
import java.util.Comparator;
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

    /**
     * The thread with the lowest id: the JDK numbers threads in the order of their start. The JVM's own threads, which
     * come first too, never end.
     */
    @SuppressWarnings("deprecation") // threadId() came with 19
    private static Thread mainThread(Signal signal) {
        return Thread.getAllStackTraces().keySet().stream()
                .min(Comparator.comparingLong(Thread::getId))
                .filter(RaiseAction::isOfApp)
                .orElseThrow(() -> new IllegalStateException(
                        signal + "=raise: there is no main thread to raise it in: it has ended"));
    }

    private static boolean isOfApp(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null && group.getParent() != null; // the JVM's own threads are in the top group
    }
}
