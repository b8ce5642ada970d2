package io.heliograph.internal.process;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalException;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeProcess;
import io.heliograph.internal.proc.SignalNumbers;
import io.heliograph.workers.ChildStatus;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A child process with a supervisor between it and this JVM. The supervisor reports the child's state, and signals its
 * whole tree: all its descendants, wherever they are. When this JVM has ended, in whatever way, the supervisor sends
 * them TERM, and kills them after the grace period.
 *
 * <p>The child is in a process group of its own, so that the terminal's signals reach this JVM alone. A child whose
 * input is the terminal stays in this JVM's group, or it could not read.
 *
 * <p>Any thread may call any method. None blocks but {@link #start}.
 */
public final class SupervisedProcess {
    /** E2BIG. */
    private static final int TOO_LONG = 7;

    /** Not an errno: the supervisor ended first. */
    private static final int LEFT_BEFORE = -1;

    private final CompletableFuture<Integer> started = new CompletableFuture<>();
    private final CompletableFuture<ChildStatus> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final Consumer<ChildStatus> changes;
    private final Set<Signal> sent = ConcurrentHashMap.newKeySet();

    private final int id;
    private volatile @Nullable ChildStatus status;
    private @Nullable Process supervisor;
    private @Nullable CommandProcess process;
    /** The supervisor's. */
    private @Nullable ProcessDescriptor descriptor;

    private int pid;

    private SupervisedProcess(Consumer<ChildStatus> changes) {
        this.changes = changes;
        id = StatusPipe.get().add(this::take);
    }

    /**
     * Starts the builder's command. Blocks until its program runs or has failed to.
     *
     * @param builder its directory, environment and redirects are the command's; it stays as it was
     * @param grace the time from this JVM's end until the supervisor kills the rest of the tree
     * @param changes gets each change of status, on a thread that it must not block
     * @throws IOException if the program or the supervisor cannot run, with the message of {@link
     *     ProcessBuilder#start()}
     */
    public static SupervisedProcess start(ProcessBuilder builder, Duration grace, Consumer<ChildStatus> changes)
            throws IOException {
        String program = programOf(builder);
        String supervisor = SupervisorProgram.path();
        SupervisedProcess child = new SupervisedProcess(changes);
        try {
            child.start(builder, supervisor, grace);
        } catch (IOException e) {
            throw e.getCause() == null ? e : failure(program, builder, e.getCause());
        } finally {
            if (child.supervisor == null) {
                StatusPipe.get().remove(child.id);
            }
        }
        int errno = child.awaitStart();
        if (errno != 0) {
            String why = "error=" + errno + ", " + NativeCall.errorText(errno);
            throw failure(program, builder, new IOException(why));
        }
        child.process = new CommandProcess(child, child.supervisor(), child.pid);
        return child;
    }

    /** Throws IndexOutOfBoundsException if there is none, as the JDK does. */
    private static String programOf(ProcessBuilder builder) {
        synchronized (builder) {
            return builder.command().get(0);
        }
    }

    /** The JDK's message, with the command's name instead of the supervisor's, and what to do with a long command. */
    private static IOException failure(String program, ProcessBuilder builder, Throwable cause) {
        String why = String.valueOf(cause.getMessage()).strip();
        File directory = builder.directory();
        String in = directory == null ? "" : " (in directory \"" + directory + "\")";
        String hint = why.contains(NativeCall.errorText(TOO_LONG)) ? hint(builder) : "";
        return new IOException("Cannot run program \"" + program + "\"" + in + ": " + why + hint, cause);
    }

    private static String hint(ProcessBuilder builder) {
        int longest = 0;
        synchronized (builder) {
            for (String argument : builder.command()) {
                longest = Math.max(longest, argument.getBytes(StandardCharsets.UTF_8).length);
            }
        }
        return ". The longest argument has " + longest
                + " bytes. With pages of 4 KiB one may have 131071, and all with the"
                + " environment what getconf ARG_MAX says. Hand long ones over in a file or by standard input";
    }

    private void start(ProcessBuilder builder, String program, Duration grace) throws IOException {
        List<String> supervised = new ArrayList<>(arguments(program, grace));
        synchronized (builder) { // several processes may start from one builder at the same time
            List<String> command = builder.command();
            supervised.addAll(command);
            builder.command(supervised);
            try {
                supervisor = builder.start();
            } finally {
                builder.command(command);
            }
        }
        ProcessDescriptor opened = new ProcessDescriptor(supervisor);
        synchronized (this) {
            descriptor = opened;
        }
        var unused = supervisor.onExit().thenRun(() -> StatusPipe.get().writeLeft(id));
    }

    private List<String> arguments(String program, Duration grace) {
        return List.of(
                program,
                Long.toString(ProcessHandle.current().pid()),
                Integer.toString(StatusPipe.get().descriptor()),
                Integer.toString(id),
                Long.toString(Math.min(Math.max(grace.toMillis(), 0), Integer.MAX_VALUE)));
    }

    /** 0, or the errno of the program's execve(2). */
    private int awaitStart() throws IOException {
        int errno = started.join(); // an interrupt does not end the start of a process, as in the JDK
        if (errno == LEFT_BEFORE) {
            throw new IOException("the supervisor ended before the program was run" + said());
        }
        return errno;
    }

    /** The error message of a supervisor that could not begin; empty if standard error goes elsewhere. */
    private String said() throws IOException {
        String text = new String(supervisor().getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : ": " + text;
    }

    /** The id of the command's own process. */
    public int pid() {
        return pid;
    }

    /**
     * The command, with its input and output. {@link Process#destroy()} is {@link #askToEnd(Signal)} with TERM, {@link
     * Process#destroyForcibly()} is {@link #force()}.
     */
    public Process process() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    /** The supervisor. It ends after the last process of the tree, in the same way as the command. */
    public Process supervisor() {
        if (supervisor == null) {
            throw new IllegalStateException("not started");
        }
        return supervisor;
    }

    /** The last change; empty before the first one. */
    public Optional<ChildStatus> status() {
        return Optional.ofNullable(status);
    }

    /** Completed when the command ends, on a thread that must not be blocked. Descendants may live on. */
    public CompletableFuture<ChildStatus> ended() {
        return ended;
    }

    /**
     * Completed when no process of the tree is left, on a thread that must not be blocked. Completed with a {@link
     * SignalException} if a forced tree holds a process that we may not kill, such as a setuid program.
     */
    public CompletableFuture<Void> gone() {
        return gone;
    }

    /**
     * Sends a signal to the command and all its descendants, once to each.
     *
     * @throws SignalException EAGAIN if the user's queue is full and the signal needs a place in it
     */
    public void send(Signal signal) {
        order(signal, 0);
    }

    /** As {@link #send(Signal)}, and continues stopped processes, so that they can handle the signal. */
    public void askToEnd(Signal signal) {
        order(signal, NativeProcess.WAKE);
    }

    /** As {@link #askToEnd(Signal)}, for a signal that this JVM has received: see {@link #passOn}. */
    public void askToEnd(SignalEvent event) {
        order(event.signal(), NativeProcess.WAKE | passedOn(event));
    }

    /**
     * As {@link #send(Signal)}, for a signal that this JVM has received. The supervisor does not pass it on if the tree
     * has received it too: from the terminal, or from a sender that signals a whole control group.
     */
    public void passOn(SignalEvent event) {
        order(event.signal(), passedOn(event));
    }

    private static int passedOn(SignalEvent event) {
        return NativeProcess.PASSED_ON | (event instanceof SignalEvent.FromKernel ? NativeProcess.FROM_KERNEL : 0);
    }

    private void order(Signal signal, int flags) {
        ProcessDescriptor target = target();
        sent.add(signal);
        if (target != null) {
            target.order(signal, flags);
        }
    }

    /** Kills the command and all its descendants, until none is left. */
    public void force() {
        ProcessDescriptor target = target();
        sent.add(Signal.KILL);
        if (target != null) {
            target.force();
        }
    }

    /** Whether this object has sent the signal; KILL if it was forced. */
    public boolean wasSent(Signal signal) {
        return sent.contains(signal);
    }

    private synchronized @Nullable ProcessDescriptor target() {
        return descriptor;
    }

    /** Closes the descriptor: no process is left to signal. */
    private void letGo() {
        ProcessDescriptor target = target();
        if (target != null) {
            target.close();
        }
    }

    private void take(int kind, int pidOfCommand, int value) {
        switch (kind) {
            case StatusPipe.STARTED -> {
                pid = pidOfCommand;
                started.complete(0);
            }
            case StatusPipe.FAILED -> started.complete(value);
            case StatusPipe.EXITED -> end(new ChildStatus.Exited(value));
            case StatusPipe.KILLED -> end(killed(value, false));
            case StatusPipe.DUMPED -> end(killed(value, true));
            case StatusPipe.STOPPED -> change(new ChildStatus.Stopped(Signal.of(value)));
            case StatusPipe.CONTINUED -> change(new ChildStatus.Continued());
            case StatusPipe.EMPTY -> {
                letGo();
                gone.complete(null);
            }
            case StatusPipe.LEFT -> leave();
            case StatusPipe.DENIED ->
                gone.completeExceptionally(
                        NativeCall.failure(NativeProcess.notPermitted(), "kill(" + value + ", SIGKILL)"));
            default -> throw new IllegalArgumentException("a record of kind " + kind);
        }
    }

    /** The C library keeps signals 32 and 33 for itself: a death by one of them is shown as an exit. */
    static ChildStatus killed(int number, boolean dumpedCore) {
        return SignalNumbers.find(number)
                .<ChildStatus>map(signal -> new ChildStatus.Killed(signal, dumpedCore))
                .orElseGet(() -> new ChildStatus.Exited(SignalNumbers.EXITED_BY_SIGNAL + number));
    }

    private void change(ChildStatus now) {
        status = now;
        changes.accept(now);
    }

    private void end(ChildStatus now) {
        status = now;
        try {
            changes.accept(now);
        } finally {
            ended.complete(now);
        }
    }

    /** The supervisor has ended. If it was killed, its command died with it (PR_SET_PDEATHSIG), without a record. */
    private void leave() {
        StatusPipe.get().remove(id);
        letGo();
        boolean ran = !started.complete(LEFT_BEFORE) && started.join() == 0; // which is complete
        if (ran && !ended.isDone()) {
            end(new ChildStatus.Killed(Signal.KILL, false));
        }
        gone.complete(null);
    }
}
