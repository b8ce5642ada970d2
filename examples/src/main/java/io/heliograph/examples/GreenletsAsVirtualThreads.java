package io.heliograph.examples;

import io.heliograph.KeyboardInterrupt;
import io.heliograph.workers.Interruption;
import io.heliograph.workers.ThreadWorker;
import io.heliograph.workers.WorkerGroup;
import java.util.ArrayList;
import java.util.List;

/** A Ctrl-C is raised inside of virtual threads that compute without end, and main has it too. */
public final class GreenletsAsVirtualThreads {
    private GreenletsAsVirtualThreads() {}

    public static void main(String[] args) throws InterruptedException {
        List<ThreadWorker> jobs = new ArrayList<>();
        try (WorkerGroup group =
                WorkerGroup.builder().interruption(Interruption.RAISE).open()) {
            for (int i = 0; i < 5; i++) {
                jobs.add(group.virtual("greenlet " + i, GreenletsAsVirtualThreads::handler));
            }
            group.join();
        } catch (KeyboardInterrupt e) {
            for (ThreadWorker job : jobs) {
                job.endedBy().ifPresent(Throwable::printStackTrace);
            }
            System.out.println("[-] main exit");
        } catch (UnsupportedOperationException beforeJava21) {
            System.out.println(beforeJava21.getMessage());
        }
    }

    private static void handler() {
        System.out.println("[+] handler");
        while (true) {}
    }
}
