package io.heliograph.jmh.idle;

import java.io.IOException;

/** An app that says a line and then waits for the end of its standard input. With an argument it collects garbage before. */
public final class FirstLine {
    private FirstLine() {}

    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            System.gc();
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {}
        Agents.say();
    }
}
