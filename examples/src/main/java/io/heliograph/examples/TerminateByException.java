package io.heliograph.examples;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.TerminateInterrupt;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerGroup;
import java.io.IOException;
import java.time.Duration;

/**
 * A child process makes an exception of TERM, by which its parent ends it in order: after 5 seconds, or, with any argument, when
 * Enter is pressed.
 */
public final class TerminateByException {
    private TerminateByException() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (WorkerGroup group = WorkerGroup.builder()
                .signals(Signal.INT) // TERM is the child's alone
                .grace(Duration.ofMinutes(1)) // is short of time on no machine
                .open()) {
            ProcessWorker p = group.javaProcess("p", MyProcess.class);
            if (args.length == 0) {
                Thread.sleep(5000);
            } else {
                System.in.read();
            }
            p.terminate();
            p.join();
            System.exit(p.process().exitValue()); // 0: it has ended by itself
        }
    }

    /** The child. */
    static final class MyProcess {
        public static void main(String[] args) throws InterruptedException {
            try (Registration term = Signals.raiseIn(Thread.currentThread(), Signal.TERM)) {
                System.out.println("The worker works.");
                while (true) {
                    Thread.sleep(1000);
                }
            } catch (TerminateInterrupt e) {
                System.out.println("Capture terminate signal.");
                System.out.println("Exit the process.");
            }
        }
    }
}
