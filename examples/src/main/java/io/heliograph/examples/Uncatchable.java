package io.heliograph.examples;

import io.heliograph.Signal;
import io.heliograph.Signals;
import java.util.List;

/** KILL and STOP can't be caught; whoever tries is told so, and the program goes on. */
public final class Uncatchable {
    private Uncatchable() {}

    public static void main(String[] args) {
        for (Signal signal : List.of(Signal.KILL, Signal.STOP)) {
            try {
                Signals.on(signal, event -> System.out.println("Received: " + event.signal()));
            } catch (IllegalArgumentException refused) {
                System.out.println(refused.getMessage());
            }
        }
        System.out.println("The program goes on");
    }
}
