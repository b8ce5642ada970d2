package io.heliograph.programs.agent;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Uses the library as its standard input says, line by line: "on USR1", "exit-on USR1 7", "close", "raise INT",
 * "send INT", "queue USR2 -7", "available". It says "ready", then "done" after each, and "event USR1 Sent" of each event.
 */
public final class SignalsApp {
    private static final Deque<Registration> OPEN = new ArrayDeque<>();

    private SignalsApp() {}

    public static void main(String[] args) throws IOException {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            obey(line.split(" ", -1));
            System.out.println("done " + line);
        }
    }

    private static void obey(String[] words) {
        long self = ProcessHandle.current().pid();
        switch (words[0]) {
            case "on" -> OPEN.push(Signals.on(Signal.of(words[1]), SignalsApp::tell));
            case "exit-on" ->
                OPEN.push(Signals.on(
                        Signal.of(words[1]), event -> System.exit(Integer.parseInt(words[2])), Delivery.inline()));
            case "close" -> OPEN.pop().close();
            case "raise" -> Signals.raise(Signal.of(words[1]));
            case "send" -> Signals.send(self, Signal.of(words[1]));
            case "queue" -> Signals.send(self, Signal.of(words[1]), Integer.parseInt(words[2]));
            case "available" ->
                System.out.println(
                        Signals.unavailabilityCause().map(Throwable::getMessage).orElse("available"));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static void tell(SignalEvent event) {
        System.out.println("event " + event.signal() + " " + event.getClass().getSimpleName());
    }
}
