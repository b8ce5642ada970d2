package io.heliograph.examples;

import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerGroup;
import java.io.IOException;

/** As {@link TerminateByException}, but the worker asks a flag that the signal sets. */
public final class TerminateByFlag {
    private TerminateByFlag() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (WorkerGroup group = WorkerGroup.open(Signal.INT)) { // TERM is the child's alone
            ProcessWorker worker = group.javaProcess("worker", MyProcess.class);
            System.out.println("Press Enter to terminate the worker.");
            System.in.read();
            worker.terminate();
            group.join();
            System.out.println("The worker has ended: " + worker.status().orElseThrow());
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
