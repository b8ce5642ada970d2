package io.heliograph.examples;

import io.heliograph.Delivery;
import io.heliograph.KeyboardInterrupt;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.workers.WorkerGroup;
import java.io.IOException;

/**
 * A tree of processes: main, two children, four grandchildren. Each receives an INT once, whether a process or the terminal sent
 * it: it comes to main, and each group passes it on to its children.
 */
public final class DownTheTree {
    private static final int CHILDREN = 2;

    private DownTheTree() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String name = args.length == 0 ? "main" : args[0];
        boolean isLeaf = name.matches(".*[.].*[.].*");
        Signals.on(
                Signal.INT,
                event -> System.out.println(name + " received " + event.signal() + ": "
                        + event.getClass().getSimpleName()),
                Delivery.inline()); // printed before the group has the event
        try (WorkerGroup group = WorkerGroup.open(Signal.INT)) {
            for (int i = 1; i <= CHILDREN && !isLeaf; i++) {
                String child = name + "." + i;
                group.javaProcess(child, DownTheTree.class, child);
            }
            if (isLeaf) {
                group.thread("work", () -> Thread.sleep(Long.MAX_VALUE));
            }
            System.out.println(
                    name + " works, process " + ProcessHandle.current().pid());
            group.join();
        } catch (KeyboardInterrupt e) {
            System.out.println(name + " ends");
        }
    }
}
