package io.heliograph.examples;

import io.heliograph.KeyboardInterrupt;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.workers.Interruption;
import io.heliograph.workers.WorkerGroup;
import io.heliograph.workers.WorkerPool;
import java.util.List;

/**
 * A pool of three workers with six endless tasks ends on the first Ctrl-C: three are interrupted, three never start. {@code
 * PoolEndsAtOnce [processes]}: the tasks are threads, or processes.
 */
public final class PoolEndsAtOnce {
    private PoolEndsAtOnce() {}

    public static void main(String[] args) throws InterruptedException {
        boolean inProcesses = List.of(args).contains("processes");
        try (WorkerGroup group =
                WorkerGroup.builder().interruption(Interruption.RAISE).open()) {
            WorkerPool pool = group.pool(3);
            for (int i = 0; i < 6; i++) {
                if (inProcesses) {
                    pool.javaProcess("handler " + i, HandlerProcess.class);
                } else {
                    pool.thread("handler " + i, PoolEndsAtOnce::handler);
                }
            }
            group.join();
        } catch (KeyboardInterrupt e) {
            System.out.println("[-] main exit");
        }
    }

    static void handler() {
        try {
            System.out.println("[+] handler");
            while (true) {}
        } catch (KeyboardInterrupt e) {
            System.out.println("[-] handler exit");
        }
    }

    /** A task that is a process. */
    static final class HandlerProcess {
        public static void main(String[] args) {
            try (Registration python = Signals.raiseIn(Thread.currentThread(), Signal.INT)) {
                handler();
            }
        }
    }
}
