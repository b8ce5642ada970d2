package io.heliograph.micrometer;

import java.io.IOException;

/** Knows nothing of signals: says "ready" and ends with its standard input. */
final class Idle {
    private Idle() {}

    public static void main(String[] args) throws IOException {
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Until the end.
        }
    }
}
