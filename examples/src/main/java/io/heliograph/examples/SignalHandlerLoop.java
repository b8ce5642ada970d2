package io.heliograph.examples;

import io.heliograph.Signal;
import io.heliograph.Signals;
import java.util.Arrays;

/**
 * A handler is told the number of its signal and where the main thread was, and the program goes on. An IDE's first Stop sends
 * INT, which this program handles; the second sends KILL, which nobody can.
 */
public final class SignalHandlerLoop {
    private SignalHandlerLoop() {}

    public static void main(String[] args) throws InterruptedException {
        Thread main = Thread.currentThread();
        Signals.on(Signal.INT, event -> {
            System.out.println("Received: " + event.signal().number());
            StackTraceElement frame = frame(main);
            System.out.println("  File " + frame.getFileName() + ", line " + frame.getLineNumber() + ", in "
                    + frame.getMethodName());
        });
        while (true) {
            System.out.println("Waiting...try kill using signal 2(SIGINT)");
            Thread.sleep(3000);
        }
    }

    /** The innermost frame of this program; Python hands it to its handlers. */
    private static StackTraceElement frame(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .filter(frame -> frame.getClassName().equals(SignalHandlerLoop.class.getName()))
                .findFirst()
                .orElseThrow();
    }
}
