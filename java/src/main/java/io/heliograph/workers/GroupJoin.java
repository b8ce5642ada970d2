package io.heliograph.workers;

import io.heliograph.internal.raise.Unbroken;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waiting for the workers of a group, on any thread. */
final class GroupJoin {
    private GroupJoin() {}

    /**
     * Waits until it is done, or, if the group ends, until its workers have ended or were given up. Then throws the
     * outcome.
     *
     * @param done called under the group's lock
     * @param throwsFailures whether the failures of workers are part of the outcome
     * @return false if the time was over before
     */
    static boolean join(GroupState group, BooleanSupplier done, Deadline deadline, boolean throwsFailures)
            throws InterruptedException {
        GroupThread self = GroupThread.current();
        try {
            if (self != null && self.group() == group) {
                return group.awaitSibling(done, deadline);
            }
            if (self != null && self.isRaisedIn()) {
                // Its own group's exception comes at the end: that signal ends this group too, and the clean-up goes
                // on.
                return GroupThread.withoutRaises(() -> join(self, group, done, deadline, throwsFailures));
            }
            return join(self, group, done, deadline, throwsFailures);
        } catch (InterruptedException e) {
            // Raising in a thread that waits here interrupts it. The exception is still to come: this keeps the
            // interrupt
            // until the raiser has seen it.
            Thread.currentThread().interrupt();
            Unbroken.throwPending();
            Thread.interrupted();
            throw e;
        }
    }

    private static boolean join(
            @Nullable GroupThread self,
            GroupState group,
            BooleanSupplier done,
            Deadline deadline,
            boolean throwsFailures)
            throws InterruptedException {
        if (self != null) {
            self.beginJoin(group);
        }
        boolean isDone = false;
        try {
            do {
                isDone = group.await(done, deadline);
            } while (isDone && !isDoneForGood(group));
        } finally {
            if (self != null) {
                self.endJoin(isDone);
            }
        }
        if (isDone) {
            GroupThread.withoutRaises(() -> {
                group.throwOutcome(throwsFailures);
                return group;
            });
            if (self != null) {
                self.throwWhereClosed();
            }
        }
        return isDone;
    }

    /** A signal that came before the last worker's end may still be on its way to the group. */
    private static boolean isDoneForGood(GroupState group) {
        GroupSignals.awaitArrived();
        return group.isOpenOrSettled();
    }
}
