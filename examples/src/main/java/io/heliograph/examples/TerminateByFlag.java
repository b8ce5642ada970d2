package io.heliograph.examples;

import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerGroup;
import java.io.IOException;
import java.time.Duration;

/** As {@link TerminateByException}, but the worker asks a flag that the signal sets. */
public final class TerminateByFlag {
    private TerminateByFlag() {}

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
        private static volatile boolean isTerminated;

        public static void main(String[] args) throws InterruptedException {
            Signals.on(Signal.TERM, event -> {
                System.out.println("Capture terminate signal.");
                isTerminated = true;
            });
            System.out.println("The worker works.");
            while (!isTerminated) {
                Thread.sleep(1000);
            }
            System.out.println("Exit the process.");
        }
    }
}
