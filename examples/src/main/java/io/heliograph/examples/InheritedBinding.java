package io.heliograph.examples;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import io.heliograph.Signals;
import io.heliograph.workers.Bindings;
import io.heliograph.workers.JavaCommand;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerGroup;
import java.io.IOException;

/** A child that the parent hands its binding to reacts to INT as the parent does; one without it ends. */
public final class InheritedBinding {
    private InheritedBinding() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (Bindings bindings = Bindings.on(Signal.INT, Handler.class);
                WorkerGroup group = WorkerGroup.open(Signal.TERM)) {
            ProcessWorker with = group.javaProcess(
                    "with", JavaCommand.of(Child.class, "with").withBindings(bindings));
            ProcessWorker without = group.javaProcess("without", Child.class, "without");
            // INT is not the group's, so it is passed on here.
            Signals.on(Signal.INT, event -> {
                with.send(event.signal());
                without.send(event.signal());
            });
            System.out.println("Process " + ProcessHandle.current().pid() + " is the parent.");
            System.out.println("When both children have come: Ctrl-C, then Enter.");
            System.in.read();
            without.join();
            System.out.println("The child with the binding: " + (with.isAlive() ? "works" : "has ended"));
            System.out.println("The child without: " + without.status().orElseThrow());
        }
    }

    /** What is bound. It is a class of its own, since each process makes one. */
    static final class Handler implements SignalWorker {
        @Override
        public void onSignal(SignalEvent event) {
            System.out.println("Received: " + event.signal().number() + " in process "
                    + ProcessHandle.current().pid());
        }
    }

    /** The children. */
    static final class Child {
        public static void main(String[] args) throws InterruptedException {
            System.out.println(
                    "Process " + ProcessHandle.current().pid() + " is the child " + args[0] + " the binding.");
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
