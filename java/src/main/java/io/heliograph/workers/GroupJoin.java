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
                // Defers the exception of this thread's own group: the same signal ends the inner group, and the join
                // waits for its clean-up.
                return GroupThread.withoutRaises(() -> join(self, group, done, deadline, throwsFailures));
            }
            return join(self, group, done, deadline, throwsFailures);
        } catch (InterruptedException e) {
            // The raiser may have ended the wait by its interrupt. Sets it again, so that the raiser sees it, and
            // throws its exception if there is one.
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
