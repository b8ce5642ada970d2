package io.heliograph.jmh.app;

import java.io.IOException;

/** An app that prints a line and waits for the end of its standard input. With an argument, it first collects garbage. */
public final class FirstLine {
    private FirstLine() {}

    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            System.gc();
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {}
        Agents.printPresence();
    }
}
