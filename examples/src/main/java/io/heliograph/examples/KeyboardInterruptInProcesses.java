package io.heliograph.examples;

import io.heliograph.KeyboardInterrupt;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.workers.WorkerGroup;
import java.io.IOException;

/** One Ctrl-C is a KeyboardInterrupt in four child processes and in main, and each of them cleans up. */
public final class KeyboardInterruptInProcesses {
    private KeyboardInterruptInProcesses() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (WorkerGroup processes = WorkerGroup.open()) {
            for (int i = 0; i < 4; i++) {
                processes.javaProcess("process " + i, Child.class, String.valueOf(i));
            }
            processes.join();
        } catch (KeyboardInterrupt e) {
            System.out.println("Keyboard interrupt in main");
        } finally {
            System.out.println("Cleaning up Main");
        }
    }

    /** The child. */
    static final class Child {
        public static void main(String[] args) throws InterruptedException {
            String number = args[0];
            try (Registration python = Signals.raiseIn(Thread.currentThread(), Signal.INT)) {
                System.out.println("starting thread:  " + number);
                while (true) {
                    System.out.println(number);
                    Thread.sleep(3000);
                }
            } catch (KeyboardInterrupt e) {
                System.out.println("Keyboard interrupt in process:  " + number);
            } finally {
                System.out.println("cleaning up thread " + number);
            }
        }
    }
}
