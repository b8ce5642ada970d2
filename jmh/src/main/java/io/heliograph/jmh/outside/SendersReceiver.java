package io.heliograph.jmh.outside;

import io.heliograph.Delivery;
import io.heliograph.SenderIdentity;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.io.IOException;

/**
 * The JVM that receives signals from processes that end at once. It prints "ready PID"; at the end of standard input it
 * prints how often its worker knew the sender, and ends.
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
        System.out.println(receiver.counts());
        System.exit(0);
    }

    private synchronized void note(SignalEvent event) {
        arrived++;
        if (event instanceof SignalEvent.Sent sent) {
            SenderIdentity identity = sent.sender().identity();
            command += identity.command().filter(expectedCommand::equals).isPresent() ? 1 : 0;
            commandLine += identity.arguments().stream().anyMatch(argument -> argument.contains("-USR1")) ? 1 : 0;
            script += sent.sender().ancestors().stream()
                            .anyMatch(ancestor -> ancestor.arguments().contains(expectedScript))
                    ? 1
                    : 0;
            gone += identity.gone() ? 1 : 0;
        }
    }

    private synchronized String counts() {
        return "arrived " + arrived + " command " + command + " line " + commandLine + " script " + script + " gone "
                + gone;
    }
}
