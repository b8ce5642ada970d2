package io.heliograph.programs.raise;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalInterrupt;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.util.Random;
import java.util.zip.Deflater;

/** Raises in threads that it could hang at: {@code RaiseCorners critical ROUNDS|itself}. */
public final class RaiseCorners {
    static volatile Object sink = "";
    private static volatile long calls;

    private RaiseCorners() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("critical")) {
            critical(Integer.parseInt(args[1]));
        } else {
            itself();
        }
        Runtime.getRuntime().halt(0);
    }

    /**
     * The thread is in a critical section of JNI most of the time, and another fills the heap: whoever needs room waits for
     * the collector, and that one for the section to end.
     */
    private static void critical(int rounds) throws InterruptedException {
        Thread garbage = new Thread(() -> {
            while (true) {
                sink = new byte[1000];
            }
        });
        garbage.setDaemon(true);
        garbage.start();
        for (int i = 0; i < rounds; i++) {
            Thread thread = new Thread(RaiseCorners::deflateUntilRaised);
            try (Registration raising = Signals.raiseIn(thread, Signal.INT)) {
                thread.start();
                long before = calls;
                Talk.until(() -> calls > before + 20);
                Signals.raise(raising.signal());
                thread.join();
            }
            Talk.say("raised");
        }
    }

    private static void deflateUntilRaised() {
        try {
            deflate();
        } catch (SignalInterrupt raised) {
            // as it should be
        }
    }

    private static void deflate() {
        byte[] in = new byte[1 << 20];
        new Random(1).nextBytes(in);
        for (int i = 0; i < in.length; i++) {
            in[i] &= 7; // so that there is much to find
        }
        byte[] out = new byte[16 * 1024];
        while (true) {
            Deflater deflater = new Deflater();
            deflater.setInput(in);
            deflater.finish();
            while (!deflater.finished()) {
                deflater.deflate(out);
                calls++;
            }
            deflater.end();
        }
    }

    private static void itself() {
        Signals.raiseIn(new Thread(() -> {}), Signal.USR1).close();
        Thread raiser = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("heliograph-raise"))
                .findFirst()
                .orElseThrow();
        try {
            Signals.raiseIn(raiser, Signal.USR1).close();
        } catch (IllegalArgumentException refused) {
            Talk.say(refused.getMessage());
        }
    }
}
