package io.heliograph.workers;

import io.heliograph.SignalEvent;
import io.heliograph.internal.proc.RunningTime;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.time.Duration;

/**
 * The thread that ends a group. It starts with the group, for the process may have no thread left when a signal
 * arrives.
 */
final class Coordinator {
    /** How long the group waits for a killed process. The kernel may need time to free a large one. */
    private static final Duration MOST_AFTER_KILL = Duration.ofSeconds(10);

    private final GroupState group;
    private final Duration grace;
    private final GroupSignals signals;

    Coordinator(GroupState group, Duration grace, GroupSignals signals) {
        this.group = group;
        this.grace = grace;
        this.signals = signals;
    }

    void start() {
        Thread thread = new Thread(null, this::run, "heliograph-group", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            end();
        } catch (InterruptedException e) {
            // Only an app that interrupts every thread does this. The finally block keeps joins from waiting for ever.
        } finally {
            group.settle();
        }
        try {
            letGo();
        } catch (InterruptedException e) {
            // As above.
        }
    }

    private void end() throws InterruptedException {
        StopReason reason = group.awaitReason();
        RunningTime most = new RunningTime(grace);
        group.workers().forEach(worker -> ask(worker, reason));
        if (!group.awaitAll(most, true)) {
            force();
        }
    }

    /**
     * All workers have ended. A further request is most likely meant for what the program does next, so the group lets
     * go.
     */
    private void letGo() throws InterruptedException {
        group.awaitClosing();
        GroupSignals.awaitArrived();
        signals.letGo();
        group.late().ifPresent(GroupSignals::handBack);
    }

    /** A failure concerns one worker; the others are asked all the same. */
    private static void ask(GroupWorker worker, StopReason reason) {
        try {
            worker.ask(reason);
        } catch (Throwable failure) {
            print(worker, "could not be asked to end: " + failure);
        }
    }

    private void force() throws InterruptedException {
        String missed = group.second().map(Coordinator::secondRequest).orElse("within " + text(grace));
        for (GroupWorker worker : group.workers()) {
            print(worker, "did not end " + missed);
            force(worker);
        }
        if (!group.awaitAll(new RunningTime(MOST_AFTER_KILL), false)) {
            for (GroupWorker worker : group.workers()) {
                print(worker, "was killed, and has not gone " + text(MOST_AFTER_KILL) + " later");
                group.abandon(worker);
            }
        }
    }

    private void force(GroupWorker worker) {
        try {
            worker.force();
        } catch (Throwable failure) {
            print(worker, "could not be forced: " + failure);
            group.abandon(worker);
        }
    }

    private static void print(GroupWorker worker, String what) {
        StandardError.println(Printable.line("group forced: " + worker.description() + " ")
                + Printable.quote(worker.name()) + " " + Printable.line(what));
    }

    private static String secondRequest(SignalEvent second) {
        return "before a second request, " + second.signal() + ", came";
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
