package io.heliograph.workers;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.raise.RaisingRun;
import io.heliograph.internal.raise.Unbroken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Workers that end together, on one signal: threads, virtual threads, child processes with their descendants, and pools of
 * them.
 *
 * <pre>{@code
 * try (WorkerGroup group = WorkerGroup.open()) {
 *     group.thread("counter", () -> { while (true) { WorkerGroup.checkpoint(); count++; } });
 *     group.javaProcess("child", Child.class);
 *     group.join();
 * } catch (KeyboardInterrupt e) {
 *     System.out.println("all have cleaned up");
 * }
 * }</pre>
 *
 * <p><b>The first signal</b> of those that the group was opened for (INT and TERM unless said) asks every worker to end:
 * threads as its {@link Interruption} says; processes by the same signal. A process is in a process group of its own, so that
 * the terminal's Ctrl-C reaches it by this group alone. Then no worker starts any more. <b>A second one</b>, or the end of the grace period (5 seconds unless said),
 * forces: processes are killed, threads are left to themselves, and a line on standard error names each. Either way
 * {@link #join()} then throws the {@link io.heliograph.SignalInterrupt}. When all have ended, <b>a further one</b> does what it
 * did before the group was opened, so that what the program does then can be ended, too.
 *
 * <p>Otherwise the signals do nothing else from {@link #open} to {@link #close()}. Once the group has started a process, it
 * passes Ctrl-Z on, too: it observes TSTP and CONT. Any thread may call any method. The
 * group's threads are daemons, so that none keeps the process. No thread is made when a signal arrives. If this process ends,
 * however it does, its groups' processes are asked to end by TERM, and killed after the grace period.
 */
public final class WorkerGroup implements AutoCloseable {
    private final GroupState group = new GroupState();
    private final WorkerFactory workers;
    private final GroupSignals signals;
    private final ExitMode exitMode;

    private WorkerGroup(Builder builder) {
        exitMode = builder.exitMode;
        signals = new GroupSignals(group, builder.signals != null ? builder.signals : GroupSignals.byDefault());
        workers = new WorkerFactory(group, builder.interruption, builder.grace, signals);
        new Coordinator(group, builder.grace, signals).start();
        signals.take();
    }

    /**
     * A group that ends on the first of these signals. Where none is given it is INT or TERM, but neither of those that this
     * process was started to ignore (as a script's {@code command &} is INT): they stay ignored, as for the JVM itself.
     * One that the app itself ignored by {@link io.heliograph.Signals#ignore} is taken.
     *
     * @throws IllegalArgumentException as {@link io.heliograph.Signals#on(Signal, io.heliograph.SignalWorker)}
     */
    public static WorkerGroup open(Signal... signals) {
        return signals.length == 0
                ? builder().open()
                : builder().signals(signals).open();
    }

    /** For a group that is to differ in more than its signals. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a group is to be like; one thread at a time. */
    public static final class Builder {
        private @Nullable List<Signal> signals;
        private Interruption interruption = Interruption.INTERRUPT;
        private Duration grace = Duration.ofSeconds(5);
        private ExitMode exitMode = ExitMode.signalStatus();

        private Builder() {}

        /** The signals that end it; unless said those of {@link WorkerGroup#open(Signal...)} without any. */
        public Builder signals(Signal... those) {
            signals = List.of(those);
            return this;
        }

        /** How its threads are asked to end; {@link Interruption#INTERRUPT} unless said. */
        public Builder interruption(Interruption how) {
            interruption = Objects.requireNonNull(how, "interruption is null: give INTERRUPT or RAISE");
            return this;
        }

        /**
         * How long workers have, from being asked, to end; 5 seconds unless said.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder grace(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("a grace period of " + time + " is negative: give zero or more");
            }
            grace = time;
            return this;
        }

        /** How {@link WorkerGroup#exitProcess()} ends the process after a signal; with 128 + its number unless said. */
        public Builder exitMode(ExitMode how) {
            exitMode = Objects.requireNonNull(how, "exitMode is null: give signalStatus(), status(n) or bySignal()");
            return this;
        }

        /**
         * Opens the group: from now on its signals are its own.
         *
         * @throws IllegalArgumentException as {@link io.heliograph.Signals#on(Signal, io.heliograph.SignalWorker)}
         * @throws UnsatisfiedLinkError if there is no native library for this platform
         * @throws UnsupportedOperationException for {@link Interruption#RAISE}, where the JVM does not let exceptions be raised
         *     in threads: beside a debugger, for one
         */
        public WorkerGroup open() {
            if (interruption == Interruption.RAISE) {
                RaisingRun.require();
            }
            return new WorkerGroup(this);
        }
    }

    /**
     * Starts a body on a daemon thread of its own.
     *
     * @throws io.heliograph.SignalInterrupt if a signal ends the group
     * @throws IllegalStateException if it is closed
     */
    public ThreadWorker thread(String name, Body body) {
        return startThread(workers.thread(name, body));
    }

    /**
     * Starts a body on a virtual thread.
     *
     * @throws UnsupportedOperationException before Java 21; in a group that asks by {@link Interruption#RAISE} also where the
     *     JVM does not let exceptions be raised in virtual threads
     * @throws io.heliograph.SignalInterrupt if a signal ends the group
     * @throws IllegalStateException if it is closed
     */
    public ThreadWorker virtual(String name, Body body) {
        return startThread(workers.virtual(name, body));
    }

    /**
     * Starts a child process; blocks until its program runs, which no interrupt breaks off, as with the JDK's own start. Its
     * directory, environment and redirects are the builder's. A supervisor, a small process of a few hundred kilobytes, stands
     * between: it reports what becomes of the child, and signals its descendants, wherever they are.
     *
     * <p>The child is in a process group of its own, in the terminal's background. A child that is to read the terminal needs
     * {@code redirectInput(ProcessBuilder.Redirect.INHERIT)}, and stays in this process's group.
     *
     * @throws IOException if the program can't be run
     * @throws io.heliograph.SignalInterrupt if a signal ends the group; with the {@link IOException} suppressed if the start
     *     failed, too: the terminal's Ctrl-C can end the process that is about to run the program
     * @throws IllegalStateException if it is closed
     */
    public ProcessWorker process(String name, ProcessBuilder builder) throws IOException {
        GroupProcess worker = workers.process(name, builder);
        start(worker);
        return worker;
    }

    /**
     * Starts a child JVM of this one's JDK and class path, which writes to this process's output.
     *
     * @throws IOException if it can't be run
     * @throws io.heliograph.SignalInterrupt if a signal ends the group
     * @throws IllegalStateException if it is closed
     */
    public ProcessWorker javaProcess(String name, Class<?> mainClass, String... args) throws IOException {
        return javaProcess(name, JavaCommand.of(mainClass, args));
    }

    /**
     * Starts a child JVM.
     *
     * @throws IOException if it can't be run
     * @throws io.heliograph.SignalInterrupt if a signal ends the group
     * @throws IllegalStateException if it is closed
     */
    public ProcessWorker javaProcess(String name, JavaCommand command) throws IOException {
        return process(name, command.toProcessBuilder());
    }

    /**
     * A pool of the group, of which at most {@code most} workers are at work at a time.
     *
     * @throws IllegalArgumentException if {@code most} is not at least 1
     */
    public WorkerPool pool(int most) {
        return new WorkerPool(group, workers, most);
    }

    /**
     * Waits until all workers have ended, those that wait in pools too. It hears a signal at once, waits for the clean-up of
     * the workers, for the grace period at most, and throws it.
     *
     * <p>Called from a worker of another, outer group it ends with that: if a signal ends the outer group, the same signal ends
     * this one. What {@link io.heliograph.Signals#raiseIn} raises in the thread ends the waiting; but if the thread is a worker
     * that is asked by {@link Interruption#RAISE}, or this group ends already, it comes when the join is over.
     *
     * <p>A process has failed if it exits with another status than 0, or dies from a signal that the group did not send. A
     * signal of the group's own, which has come to this process as well, is no failure, but ends the group: a process that
     * reads the terminal receives Ctrl-C from the terminal itself.
     *
     * @throws io.heliograph.SignalInterrupt if a signal ends the group, whenever it came since its opening; what workers have
     *     failed with is suppressed in it
     * @throws WorkerFailure if workers have failed; each failure is thrown once
     * @throws InterruptedException if the thread is interrupted, and no signal ends the group
     * @throws IllegalStateException if a worker of the group itself calls it, which would wait for itself
     */
    public void join() throws InterruptedException {
        requireOutsider("join");
        GroupJoin.join(group, group::isIdle, Deadline.NEVER, true);
    }

    /**
     * As {@link #join()}, but not longer than this.
     *
     * @return whether all have ended
     * @throws InterruptedException as {@link #join()}
     */
    public boolean join(Duration time) throws InterruptedException {
        requireOutsider("join");
        return GroupJoin.join(group, group::isIdle, Deadline.in(time), true);
    }

    /**
     * Ends what is still at work: asks it (threads as ever, with a {@link java.util.concurrent.CancellationException};
     * processes by TERM), forces it when the grace period is over, and then lets go of the signals, which do again what they
     * did before. Waits for that; from one of the group's own workers it does not wait.
     *
     * @throws io.heliograph.SignalInterrupt if a signal ended the group, and no method has thrown that yet
     * @throws WorkerFailure if workers have failed, and {@link #join()} has not thrown that yet
     */
    @Override
    public void close() {
        endAndLetGo();
        group.throwUntold();
    }

    /** The signal that ends the group; empty where none has come. */
    public Optional<SignalEvent> signal() {
        return group.signal();
    }

    /** The names of those workers that did not end when they were forced: threads that do not listen. */
    public List<String> abandoned() {
        return group.abandoned();
    }

    /**
     * Closes the group, without throwing what there is to tell, and ends the process in order, with its shutdown hooks: as the
     * group's {@link ExitMode} says where a signal has ended it, else with status 0. Does not return. From one of the group's own
     * workers it waits for none of them: threads end with the process, and processes are asked by TERM.
     */
    public void exitProcess() {
        endAndLetGo();
        Optional<SignalEvent> ended = group.signal();
        if (ended.isPresent()) {
            exitMode.exit(ended.get().signal());
        }
        Runtime.getRuntime().exit(0);
    }

    /**
     * In a body: throws the {@link io.heliograph.SignalInterrupt} if a signal has asked it to end, a
     * {@link java.util.concurrent.CancellationException} if the group is closed; each time, so that clean-up that comes by
     * checkpoints belongs into {@link #unbroken(Body)}. Elsewhere, and in such a section, it does nothing. It is cheap enough
     * for a busy loop. Under {@link Interruption#RAISE} it throws what has not been raised yet, and that once: a body is told
     * once there, by whatever comes first.
     */
    public static void checkpoint() {
        GroupThread self = GroupThread.current();
        if (self != null) {
            self.checkpoint();
        }
    }

    /**
     * Runs a section that is not to be broken off: what asks the body to end while it runs, or has interrupted it before, comes
     * at its end. Sections may be nested. The grace period goes on.
     */
    public static <T> T unbroken(Callable<T> section) throws Exception {
        return GroupThread.unbroken(section);
    }

    /** As {@link #unbroken(Callable)}, without a result. */
    public static void unbroken(Body section) throws Exception {
        unbroken(() -> {
            section.run();
            return null;
        });
    }

    private GroupThread startThread(GroupThread worker) {
        try {
            start(worker);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // a thread's start reads no file
        }
        return worker;
    }

    private void start(GroupWorker worker) throws IOException {
        try {
            Unbroken.call(() -> {
                begin(worker);
                return worker;
            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void begin(GroupWorker worker) throws IOException {
        group.admit(worker);
        try {
            worker.begin();
        } catch (Throwable failure) {
            group.withdraw(worker, failure);
            throw failure;
        }
    }

    private void requireOutsider(String what) {
        GroupThread self = GroupThread.current();
        if (self != null && self.group() == group) {
            throw new IllegalStateException(
                    self.name() + " can't " + what + " the group that it works for: it would wait for itself");
        }
    }

    /** Nothing breaks it off: what is raised in the calling thread meanwhile comes at its end. */
    private void endAndLetGo() {
        try {
            GroupThread.withoutRaises(() -> {
                group.close();
                GroupThread self = GroupThread.current();
                if (self == null || self.group() != group) {
                    group.awaitSettled();
                    GroupSignals.awaitArrived();
                    signals.letGo();
                }
                return group;
            });
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
