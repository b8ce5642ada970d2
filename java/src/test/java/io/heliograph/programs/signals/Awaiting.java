package io.heliograph.programs.signals;

import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.time.Duration;

/** Awaits signals, on the main thread, while another thread does what ends the wait. */
public final class Awaiting {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private Awaiting() {}

    public static void main(String[] args) throws Exception {
        whenAwaited(() -> Signals.raise(Signal.WINCH));
        Signals.await(FOR_EVER, Signal.USR1, Signal.WINCH)
                .ifPresent(event -> Talk.say("event " + event.getClass().getSimpleName() + " " + event.signal()));
        if (Signals.await(Duration.ofMillis(1), Signal.USR1, Signal.WINCH).isEmpty()) {
            Talk.say("nothing");
        }
        Thread main = Thread.currentThread();
        whenAwaited(main::interrupt);
        try {
            Signals.await(FOR_EVER, Signal.USR1, Signal.WINCH);
        } catch (InterruptedException e) {
            Talk.say("interrupted");
        }
        Talk.say("registrations " + registrations(Signal.USR1) + " " + registrations(Signal.WINCH));
    }

    private static void whenAwaited(Runnable action) {
        new Thread(() -> {
                    Talk.until(() -> registrations(Signal.WINCH) == 1);
                    action.run();
                })
                .start();
    }

    private static int registrations(Signal signal) {
        return Signals.dispositions().get(signal).registrations();
    }
}
