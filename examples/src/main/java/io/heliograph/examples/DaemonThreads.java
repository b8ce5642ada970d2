package io.heliograph.examples;

import io.heliograph.KeyboardInterrupt;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Daemon threads end with the process: main waits while any lives, and a Ctrl-C ends main. */
public final class DaemonThreads {
    private DaemonThreads() {}

    public static void main(String[] args) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Thread thread = new Thread(DaemonThreads::work, "worker " + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        try (Registration python = Signals.raiseIn(Thread.currentThread(), Signal.INT)) {
            System.out.println("5 daemon threads work. Press Ctrl-C.");
            while (threads.stream().anyMatch(Thread::isAlive)) {
                Thread.sleep(1000);
            }
        } catch (KeyboardInterrupt e) {
            System.err.println("User aborted");
            System.exit(1);
        }
    }

    private static void work() {
        while (true) {
            LockSupport.park(); // a daemon mostly waits
        }
    }
}
