package io.heliograph.examples;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import java.io.IOException;

/** The two ready-made handlers, {@code SIG_IGN} and {@code SIG_DFL}: INT is ignored, and then ends the process. */
public final class ReadyMadeHandlers {
    private ReadyMadeHandlers() {}

    public static void main(String[] args) throws IOException {
        try (Registration ignored = Signals.ignore(Signal.INT)) {
            System.out.println("INT is ignored. Press Ctrl-C, then Enter.");
            waitForEnter();
        }
        try (Registration byDefault = Signals.restoreDefault(Signal.INT)) {
            System.out.println("INT has its default action. Press Ctrl-C.");
            waitForEnter();
        }
        System.out.println("No Ctrl-C was pressed");
    }

    private static void waitForEnter() throws IOException {
        for (int typed = System.in.read(); typed != '\n' && typed >= 0; typed = System.in.read()) {}
    }
}
