package io.heliograph.jmh.benchmarks;

import sun.misc.Signal;

/** The JDK's own signal API, which starts a thread for each signal. */
public final class SunMisc {
    private SunMisc() {}

    public static void handle(String signal, Runnable worker) {
        Signal.handle(new Signal(signal), any -> worker.run());
    }
}
