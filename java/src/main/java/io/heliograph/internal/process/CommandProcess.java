package io.heliograph.internal.process;

import io.heliograph.Signal;
import io.heliograph.internal.proc.SignalNumbers;
import io.heliograph.workers.ChildStatus;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A supervised command as a {@link Process}. The JDK's own object is the supervisor's: to kill that would leave the
 * command's descendants alone.
 */
final class CommandProcess extends Process {
    private final SupervisedProcess child;
    private final Process supervisor;
    private final Optional<ProcessHandle> handle;

    CommandProcess(SupervisedProcess child, Process supervisor, int pid) {
        this.child = child;
        this.supervisor = supervisor;
        // If the command has ended, its pid may be another process's, whose parent is not the supervisor.
        handle = ProcessHandle.of(pid)
                .filter(found -> found.parent().map(ProcessHandle::pid).equals(Optional.of(supervisor.pid())));
    }

    @Override
    public OutputStream getOutputStream() {
        return supervisor.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return supervisor.getInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return supervisor.getErrorStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
        try {
            return statusOf(child.ended().get());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            child.ended().get(timeout, unit);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public int exitValue() {
        ChildStatus status = child.ended().getNow(null);
        if (status == null) {
            throw new IllegalThreadStateException("process hasn't exited");
        }
        return statusOf(status);
    }

    private static int statusOf(@Nullable ChildStatus end) {
        if (end instanceof ChildStatus.Exited exited) {
            return exited.status();
        }
        if (end instanceof ChildStatus.Killed killed) {
            return SignalNumbers.EXITED_BY_SIGNAL + killed.signal().number();
        }
        throw new IllegalStateException("no end: " + end);
    }

    @Override
    public boolean isAlive() {
        return !child.ended().isDone();
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return child.ended().thenApplyAsync(status -> this); // asynchronous, as the JDK's: what depends on it may block
    }

    /** Sends TERM to it and its descendants. */
    @Override
    public void destroy() {
        child.askToEnd(Signal.TERM);
    }

    /** Kills it and its descendants. */
    @Override
    public Process destroyForcibly() {
        child.force();
        return this;
    }

    @Override
    public boolean supportsNormalTermination() {
        return true;
    }

    @Override
    public long pid() {
        return child.pid();
    }

    /** There is none if the supervisor reaped the process before we looked: the pid may be another one's. */
    @Override
    public ProcessHandle toHandle() {
        return handle.orElseThrow(() -> new UnsupportedOperationException(
                "process " + pid() + " has no handle: it had ended before one could be had"));
    }

    @Override
    public ProcessHandle.Info info() {
        return handle.map(ProcessHandle::info).orElse(Unknown.INFO);
    }

    @Override
    public Stream<ProcessHandle> children() {
        return handle.stream().flatMap(ProcessHandle::children);
    }

    @Override
    public Stream<ProcessHandle> descendants() {
        return handle.stream().flatMap(ProcessHandle::descendants);
    }

    @Override
    public String toString() {
        return "Process[pid=" + pid() + ", status="
                + child.status().map(Object::toString).orElse("running") + "]";
    }

    /** For a process that ended at once. */
    private enum Unknown implements ProcessHandle.Info {
        INFO;

        @Override
        public Optional<String> command() {
            return Optional.empty();
        }

        @Override
        public Optional<String> commandLine() {
            return Optional.empty();
        }

        @Override
        public Optional<String[]> arguments() {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> startInstant() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> totalCpuDuration() {
            return Optional.empty();
        }

        @Override
        public Optional<String> user() {
            return Optional.empty();
        }
    }
}
