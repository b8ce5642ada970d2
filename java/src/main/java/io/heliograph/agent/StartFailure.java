package io.heliograph.agent;

import io.heliograph.SignalException;
import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.Printable;

/** What one line says of an agent that does not start. */
final class StartFailure {
    /** Numbers of {@code errno.h}, which are the same on all of Linux's processors that have a JDK. */
    private static final int EPERM = 1;

    private static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;
    private static final int ENOSYS = 38;

    private static final String MORE_PROCESSES =
            "raise the limit of processes and threads (pids.max of the control group, ulimit -u)";

    private StartFailure() {}

    /** What is wrong or missing, and what would help, in one harmless line. */
    static String message(Throwable wrong) {
        if (wrong instanceof SignalException refused) {
            return refused.getMessage() + help(refused.errno());
        }
        if (wrong instanceof OutOfMemoryError full) {
            String what = String.valueOf(full.getMessage());
            // HotSpot: "unable to create native thread: possibly out of memory or process/resource limits reached".
            return what.contains("native thread")
                    ? "no thread can be started: " + MORE_PROCESSES
                    : "out of memory: " + what + ": give the JVM more (-Xmx)";
        }
        // Ours say all in one line. Of others the class says more than the message.
        boolean isOurs = wrong instanceof IllegalArgumentException
                || wrong instanceof IllegalStateException
                || wrong instanceof Failure
                || wrong instanceof UnsatisfiedLinkError;
        return isOurs ? String.valueOf(wrong.getMessage()) : Printable.escape("" + wrong);
    }

    private static String help(int errno) {
        return switch (errno) {
            case EPERM, EACCES, ENOSYS -> ": a seccomp filter may deny it: allow this call";
            case EAGAIN -> ": " + MORE_PROCESSES;
            case ENFILE, EMFILE -> ": raise the limit of open files (ulimit -n)";
            default -> "";
        };
    }
}
