package io.heliograph.jmh.outside;

import io.heliograph.Delivery;
import io.heliograph.Sender;
import io.heliograph.SenderIdentity;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.io.IOException;

/**
 * The JVM that is signalled by processes that end at once. Its worker asks for the sender. Says "ready PID"; at the end of
 * standard input it says of how many it knew what, and ends.
 *
 * <pre>
 *   SendersReceiver looking|not-looking COMMAND SCRIPT
 * </pre>
 */
public final class SendersReceiver {
    private final String expectedCommand;
    private final String expectedScript;
    private int arrived;
    private int command;
    private int commandLine;
    private int script;
    private int gone;

    private SendersReceiver(String command, String script) {
        this.expectedCommand = command;
        this.expectedScript = script;
    }

    public static void main(String[] args) throws IOException {
        SendersReceiver receiver = new SendersReceiver(args[1], args[2]);
        Delivery delivery = args[0].equals("looking") ? Delivery.ownThread().withSender() : Delivery.ownThread();
        Signals.on(Signal.USR1, receiver::note, delivery);
        System.out.println("ready " + ProcessHandle.current().pid());
        while (System.in.read() >= 0) {}
        System.out.println(receiver.said());
        System.exit(0);
    }

    static boolean isLookedAt(Sender sender) {
        return sender.identity().look() == SenderIdentity.Look.ON_ARRIVAL;
    }

    private synchronized void note(SignalEvent event) {
        arrived++;
        if (event instanceof SignalEvent.Sent sent) {
            SenderIdentity identity = sent.sender().identity();
            command += count(identity.command().filter(expectedCommand::equals).isPresent());
            commandLine += count(identity.arguments().stream().anyMatch(argument -> argument.contains("-USR1")));
            script += count(sent.sender().ancestors().stream()
                    .anyMatch(ancestor -> ancestor.arguments().contains(expectedScript)));
            gone += count(identity.gone());
        }
    }

    private static int count(boolean isKnown) {
        return isKnown ? 1 : 0;
    }

    private synchronized String said() {
        return "arrived " + arrived + " command " + command + " line " + commandLine + " script " + script + " gone "
                + gone;
    }
}
