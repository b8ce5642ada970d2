package io.heliograph.programs.signals;

import io.heliograph.Delivery;
import io.heliograph.Sender;
import io.heliograph.SenderIdentity;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.util.List;

/**
 * Wants the senders of USR1 and USR2, and not those of URG. It says "event USR1 PID" of each arrival, and for each line of
 * its standard input what it knows of the latest sender.
 */
public final class WhoSentIt {
    private static volatile Sender latest = Sender.of(0, 0);

    private WhoSentIt() {}

    public static void main(String[] args) {
        for (Signal signal : List.of(Signal.USR1, Signal.USR2)) {
            Signals.on(signal, WhoSentIt::keep, Delivery.ownThread().withSender());
        }
        Signals.on(Signal.URG, WhoSentIt::keep);
        Talk.say("ready");
        for (String line = Talk.hear(); line != null; line = Talk.hear()) {
            tell();
        }
    }

    private static void keep(SignalEvent event) {
        if (event instanceof SignalEvent.Sent sent) {
            latest = sent.sender();
        } else if (event instanceof SignalEvent.Queued queued) {
            latest = queued.sender();
        }
        Talk.say("event " + event.signal() + " " + latest.pid());
    }

    private static void tell() {
        SenderIdentity identity = latest.identity();
        Talk.say("sender " + latest + ", " + latest.origin() + ", user " + latest.userName());
        Talk.say("look " + identity.look() + ", gone " + identity.gone());
        Talk.say("command " + identity.command() + ", became " + identity.becameCommand());
        Talk.say("arguments " + identity.arguments());
        Talk.say("executable " + identity.executable());
        latest.ancestors()
                .forEach(ancestor -> Talk.say("ancestor " + ancestor.pid() + ", ended " + ancestor.ended() + ", user "
                        + ancestor.userName() + ", " + ancestor.command() + ", " + ancestor.arguments()));
        Talk.say("told");
    }
}
