package io.heliograph.internal.process;

import io.heliograph.Signal;
import io.heliograph.internal.seam.NativeCall;
import io.heliograph.internal.seam.NativeProcess;

/**
 * A supervisor as one who is sent signals. Its pid is somebody else's as soon as the JDK has taken its end, which no look
 * before sending excludes; so a descriptor of the process itself is used (pidfd_open(2)). On a kernel without them it is the
 * pid.
 */
final class ProcessDescriptor {
    private final Process process;
    /** Negative where there is none. */
    private final int descriptor;
    /** It has no one to tell any more. Under the lock, since a descriptor that is closed may be another file's. */
    private boolean isClosed;

    /** Of a child that has just been started. */
    ProcessDescriptor(Process process) {
        this.process = process;
        int opened = NativeProcess.openProcess(Math.toIntExact(process.pid()));
        isClosed = opened == NativeProcess.GONE;
        descriptor = opened;
    }

    /**
     * Asks the supervisor to send a signal to its tree.
     *
     * @param sentAt beside {@link NativeProcess#SENT}: when this JVM was sent the signal itself, by {@link System#nanoTime()}
     */
    synchronized void ask(Signal signal, int flags, long sentAt) {
        if (isOver()) {
            return;
        }
        int pid = Math.toIntExact(process.pid());
        int result = NativeProcess.ask(descriptor, pid, signal.number(), flags, sentAt);
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
