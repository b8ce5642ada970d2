package io.heliograph.agent;

import io.heliograph.Sender;
import io.heliograph.SenderIdentity;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.Printable;
import io.heliograph.internal.StandardError;
import io.heliograph.internal.ThisProcess;
import java.time.Instant;

/** The line that the action {@code log} writes. */
final class LogLine {
    private LogLine() {}

    static void write(SignalEvent event) {
        StandardError.println(of(event));
    }

    /** Makes a line and throws it away, so that the first real one is made as fast as the later ones. */
    static void rehearse() {
        named(Sender.of(ThisProcess.pid(), 0).identity());
        of(new SignalEvent.Sent(Signal.TERM, System.nanoTime(), 0, Sender.of(ThisProcess.pid(), 0)));
    }

    static String of(SignalEvent event) {
        return event.signal() + cause(event) + ", arrived " + arrival(event);
    }

    private static String cause(SignalEvent event) {
        if (event instanceof SignalEvent.Sent sent) {
            return from(sent.sender());
        }
        if (event instanceof SignalEvent.Queued queued) {
            return from(queued.sender()) + ", value " + queued.value();
        }
        if (event instanceof SignalEvent.ChildChanged child) {
            return " of child pid " + child.pid() + ", " + child.change() + ", status " + child.status();
        }
        if (event instanceof SignalEvent.TimerExpired timer) {
            return " from a timer, value " + timer.value() + ", overrun " + timer.overrun();
        }
        if (event instanceof SignalEvent.Lost lost) {
            return " " + lost.count() + " more times, senders lost";
        }
        return " from the kernel";
    }

    private static String from(Sender sender) {
        String ids = " from " + sender;
        return switch (sender.origin()) {
            case OUTSIDE -> ids + ", outside this container";
            case DETAILS_LOST -> ids + ", its details were lost";
            case THIS_PROCESS -> ids + ", this process";
            case OTHER_PROCESS -> ids + named(sender.identity());
        };
    }

    private static String named(SenderIdentity identity) {
        if (identity.gone()) {
            return ", gone";
        }
        String commandLine = identity.arguments().isEmpty()
                ? ""
                : ", command line " + Printable.quote(String.join(" ", identity.arguments()));
        String name = identity.command().orElse(null);
        return (name == null ? "" : ", command " + Printable.quote(name)) + commandLine;
    }

    /** The time of day of the arrival, which was stamped on another clock. */
    private static Instant arrival(SignalEvent event) {
        return Instant.now().minusNanos(System.nanoTime() - event.arrivedAt());
    }
}
