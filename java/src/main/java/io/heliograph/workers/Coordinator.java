package io.heliograph.workers;

import io.heliograph.SignalEvent;
import io.heliograph.internal.Printable;
import io.heliograph.internal.StandardError;
import java.time.Duration;

/** The thread that ends a group: started with it, for when a signal comes the process may have none left. */
final class Coordinator {
    /** How long a process that was killed is waited for. The kernel may need its time to take a large one apart. */
    private static final Duration MOST_AFTER_KILL = Duration.ofSeconds(10);

    private final Course course;
    private final Duration grace;
    private final GroupSignals signals;

    Coordinator(Course course, Duration grace, GroupSignals signals) {
        this.course = course;
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
            // Nobody but an app that interrupts every thread: those who wait are not to wait for ever.
        } finally {
            course.settle();
        }
        try {
            letGo();
        } catch (InterruptedException e) {
            // As above.
        }
    }

    private void end() throws InterruptedException {
        Reason reason = course.awaitReason();
        Deadline deadline = Deadline.in(grace);
        course.members().forEach(member -> ask(member, reason));
        if (!course.awaitAll(deadline, true)) {
            force();
        }
    }

    /** The group has nothing more to do with a signal: another one, most likely, is to end what comes after it. */
    private void letGo() throws InterruptedException {
        course.awaitClosing();
        GroupSignals.awaitArrived();
        signals.letGo();
        course.late().ifPresent(GroupSignals::handBack);
    }

    /** Whatever fails for one, the others are to be asked. */
    private static void ask(Member member, Reason reason) {
        try {
            member.ask(reason);
        } catch (Throwable failure) {
            tell(member, "could not be asked to end: " + failure);
        }
    }

    private void force() throws InterruptedException {
        String missed = course.second().map(Coordinator::secondSignal).orElse("within " + text(grace));
        for (Member member : course.members()) {
            tell(member, "did not end " + missed);
            force(member);
        }
        if (!course.awaitAll(Deadline.in(MOST_AFTER_KILL), false)) {
            for (Member member : course.members()) {
                tell(member, "was killed, and has not gone " + text(MOST_AFTER_KILL) + " later");
                course.abandon(member);
            }
        }
    }

    private void force(Member member) {
        try {
            member.force();
        } catch (Throwable failure) {
            tell(member, "could not be forced: " + failure);
            course.abandon(member);
        }
    }

    private static void tell(Member member, String what) {
        StandardError.println(Printable.line("group forced: " + member.description() + " ")
                + Printable.quote(member.name()) + " " + Printable.line(what));
    }

    private static String secondSignal(SignalEvent second) {
        return "before a second signal, " + second.signal() + ", came";
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
