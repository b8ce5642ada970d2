package io.heliograph.agent.log;

import io.heliograph.Sender;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;

/** The origin of an event, as its line names it. */
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

    /** si_code (sigaction(2)) of signals from the kernel itself, among them those of a terminal's driver. */
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

    /** The value of the field {@code origin} in a JSON line. */
    String json() {
        return json;
    }

    /** Whether the kernel sends this signal for a terminal only (termios(3)); siginfo does not say it. */
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
