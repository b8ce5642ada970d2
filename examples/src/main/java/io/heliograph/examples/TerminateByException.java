package io.heliograph.examples;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.TerminateInterrupt;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerGroup;
import java.io.IOException;

/** A child process makes an exception of TERM, by which its parent ends it in order. */
public final class TerminateByException {
    private TerminateByException() {}

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
