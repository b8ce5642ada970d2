package io.heliograph.agent.log;

import io.heliograph.Sender;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;

/** What an event came from, as its line names it. */
enum LogOrigin {
    THIS_PROCESS("this-process"),
    OTHER_PROCESS("other-process"),
    OUTSIDE("outside"),
    DETAILS_LOST("details-lost"),
    TERMINAL("terminal"),
    KERNEL("kernel"),
    CHILD("child"),
    TIMER("timer"),
    LOST("lost");

    /** si_code of sigaction(2) for what the kernel sends of its own accord, as a terminal's driver does. */
    private static final int SI_KERNEL = 128;

    private final String json;

    LogOrigin(String json) {
        this.json = json;
    }

    static LogOrigin of(SignalEvent event) {
        if (event instanceof SignalEvent.Sent sent) {
            return of(sent.sender().origin());
        }
        if (event instanceof SignalEvent.Queued queued) {
            return of(queued.sender().origin());
        }
        if (event instanceof SignalEvent.ChildChanged) {
            return CHILD;
        }
        if (event instanceof SignalEvent.TimerExpired) {
            return TIMER;
        }
        if (event instanceof SignalEvent.Lost) {
            return LOST;
        }
        return event instanceof SignalEvent.FromKernel kernel && isTerminals(kernel) ? TERMINAL : KERNEL;
    }

    static LogOrigin of(Sender.Origin origin) {
        return switch (origin) {
            case THIS_PROCESS -> THIS_PROCESS;
            case OTHER_PROCESS -> OTHER_PROCESS;
            case OUTSIDE -> OUTSIDE;
            case DETAILS_LOST -> DETAILS_LOST;
        };
    }

    /** What the field {@code origin} of the JSON line says. */
    String json() {
        return json;
    }

    /** The kernel does not say so itself: these are the signals that it sends for a terminal only (termios(3)). */
    private static boolean isTerminals(SignalEvent.FromKernel event) {
        Signal signal = event.signal();
        return event.code() == SI_KERNEL
                && (signal == Signal.INT
                        || signal == Signal.QUIT
                        || signal == Signal.HUP
                        || signal == Signal.TSTP
                        || signal == Signal.TTIN
                        || signal == Signal.TTOU
                        || signal == Signal.WINCH);
    }
}
