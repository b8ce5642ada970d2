package io.heliograph.internal.process;

import io.heliograph.Signal;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeProcess;

/**
 * A supervisor as the target of signals. Its pid may be another process's as soon as the JDK has waited for it. So this
 * sends to a pidfd (pidfd_open(2)), or to the pid if the kernel has no pidfds or a seccomp filter denies them.
 */
final class ProcessDescriptor {
    private final Process process;
    /** Negative if the kernel has none. */
    private final int descriptor;
    /** Under the lock, since the number of a closed descriptor may be another file's. */
    private boolean isClosed;

    /** Opens the descriptor of a child that has just started. */
    ProcessDescriptor(Process process) {
        this.process = process;
        int opened = NativeProcess.openProcess(Math.toIntExact(process.pid()));
        isClosed = opened == NativeProcess.GONE;
        descriptor = opened;
    }

    /** Orders the supervisor to send a signal to its tree, with the flags of {@link NativeProcess}. */
    synchronized void order(Signal signal, int flags) {
        if (isOver()) {
            return;
        }
        int pid = Math.toIntExact(process.pid());
        int result = NativeProcess.order(descriptor, pid, signal.number(), flags);
        if (!isOver()) {
            NativeCall.check(result, "sigqueue(supervisor)");
        }
    }

    synchronized void force() {
        if (isOver()) {
            return;
        }
        int result = NativeProcess.force(descriptor, Math.toIntExact(process.pid()));
        if (!isOver()) {
            NativeCall.check(result, "kill(supervisor)");
        }
    }

    private boolean isOver() {
        return isClosed || !process.isAlive();
    }

    synchronized void close() {
        if (!isClosed && descriptor >= 0) {
            NativeProcess.close(descriptor);
        }
        isClosed = true;
    }
}
