package io.heliograph.agent.log;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.time.Instant;

/** Lines for people. docs/log-lines.md has their grammar, which is stable. */
final class TextFormat implements LogFormat {
    static final String PREFIX = "heliograph: ";

    private final boolean showsArguments;
    private final int most;

    /** With so many characters in an event that has a sender, at most. */
    TextFormat(boolean showsArguments, int most) {
        this.showsArguments = showsArguments;
        this.most = most;
    }

    @Override
    public String event(SignalEvent event, Instant arrived, Request request) {
        String head = PREFIX + event.signal();
        String tail = request.text() + ", arrived " + LogTime.text(arrived);
        SenderFacts facts = SenderFacts.of(event);
        if (facts == null) {
            return head + withoutSender(event) + tail;
        }
        String value = event instanceof SignalEvent.Queued queued ? ", value " + queued.value() : "";
        return Shortening.fit(facts.ancestors().size(), most, new SenderText(head, facts, value, tail, showsArguments));
    }

    @Override
    public String suppressed(Signal signal, long count, Instant last) {
        return PREFIX + signal + " " + count + " more times within 1 s, not shown, last arrived " + LogTime.text(last);
    }

    private static String withoutSender(SignalEvent event) {
        if (event instanceof SignalEvent.ChildChanged child) {
            return " of child pid " + child.pid() + ", " + child.change() + ", status " + child.status();
        }
        if (event instanceof SignalEvent.TimerExpired timer) {
            return " from a timer, value " + timer.value() + ", overrun " + timer.overrun();
        }
        if (event instanceof SignalEvent.Lost lost) {
            return " " + lost.count() + " more times, senders lost";
        }
        if (LogOrigin.of(event) == LogOrigin.TERMINAL) {
            return " from the terminal" + (event.signal() == Signal.HUP ? " (hang-up)" : "");
        }
        return " from the kernel" + (event.signal() == Signal.XCPU ? " (limit of processor time: ulimit -t)" : "");
    }
}
