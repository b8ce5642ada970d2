package io.heliograph.workers;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.raise.RaisingRun;
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
 * <p><b>The first signal</b> of the group (INT and TERM by default) asks every worker to end: a thread as its {@link
 * Interruption} says, a process by the same signal. A process is in a process group of its own, so the terminal's Ctrl-C
 * reaches it through this group alone. No worker starts after that. <b>A second request</b>, or the end of the grace period
 * (5 seconds by default), forces: the group kills processes, gives threads up, and names each on standard error. Then
 * {@link #join()} throws the {@link io.heliograph.SignalInterrupt}. When all workers have ended, <b>a further request</b>
 * does what it did before the group, so that it can end what the program does next.
 *
 * <p>A signal within 500 ms after the last request is <b>a repeat</b> of it, whichever of the group's signals it is: a
 * launcher has relayed it. A repeat changes nothing. Two keys of the terminal (Ctrl-C, Ctrl-\) are two requests, however
 * close. HUP and XCPU from the kernel are always repeats. ({@code heliograph_is_another_request()} has the rule.)
 *
 * <p>From {@link #open} to {@link #close()} the signals do nothing else. When the group has started a process, it observes
 * TSTP and CONT and passes them on, so that Ctrl-Z stops the processes too. Any thread may call any method. The group's
 * threads are daemons. No thread starts when a signal arrives. If this process ends, in whatever way, the processes of its
 * groups get TERM, and are killed after the grace period.
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
     * @param signals the signals that end it
     * @return the open group
     * @throws IllegalArgumentException as {@link io.heliograph.Signals#on(Signal, io.heliograph.SignalWorker)}
     */
    public static WorkerGroup open(Signal... signals) {
        return signals.length == 0
                ? builder().open()
                : builder().signals(signals).open();
    }

    /** {@return a builder, for more settings than the signals} */
    public static Builder builder() {
        return new Builder();
    }

    /** The settings of a group. For one thread at a time. */
    public static final class Builder {
        private @Nullable List<Signal> signals;
        private Interruption interruption = Interruption.INTERRUPT;
        private Duration grace = Duration.ofSeconds(5);
        private ExitMode exitMode = ExitMode.signalStatus();

        private Builder() {}

        /**
         * The signals that end it. The default is that of {@link WorkerGroup#open(Signal...)} without signals.
         *
         * @param those the signals
         * @return this builder
         */
        public Builder signals(Signal... those) {
            signals = List.of(those);
            return this;
        }

        /**
         * How the group asks its threads to end. The default is {@link Interruption#INTERRUPT}.
         *
         * @param how the way
         * @return this builder
         */
        public Builder interruption(Interruption how) {
            interruption = Objects.requireNonNull(how, "interruption is null: give INTERRUPT or RAISE");
            return this;
        }

        /**
         * The time that workers have to end when the group asks them to. The default is 5 seconds. It does not count
         * while this process is stopped, frozen or suspended: each stop counts for 200 ms at most. If the machine runs no
         * thread of this process for longer than that, the workers get that time, too.
         *
         * @param time the grace period, zero or more
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder grace(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("a grace period of " + time + " is negative: give zero or more");
            }
            grace = time;
            return this;
        }

        /**
         * How {@link WorkerGroup#exitProcess()} ends the process after a signal. The default is an exit with 128 + its
         * number.
         *
         * @param how the mode
         * @return this builder
         */
        public Builder exitMode(ExitMode how) {
            exitMode = Objects.requireNonNull(how, "exitMode is null: give signalStatus(), status(n) or bySignal()");
            return this;
        }

        /**
         * Opens the group, which takes its signals.
         *
         * @return the open group
         * @throws IllegalArgumentException as {@link io.heliograph.Signals#on(Signal, io.heliograph.SignalWorker)}
         * @throws UnsatisfiedLinkError if there is no native library for this platform
         * @throws UnsupportedOperationException for {@link Interruption#RAISE}, if the JVM does not allow it, for
         *     example beside a debugger
         */
        public WorkerGroup open() {
            if (interruption == Interruption.RAISE) {
                RaisingRun.require();
            }
            return new WorkerGroup(this);
        }
    }

    /**
     * Starts a body on a new daemon thread.
     *
     * @param name the worker's name, for messages and threads
     * @param body the code to run
     * @return the worker, which has started
     * @throws io.heliograph.SignalInterrupt if a signal ends the group
     * @throws IllegalStateException if it is closed
     */
    public ThreadWorker thread(String name, Body body) {
        return startThread(workers.thread(name, body));
    }

    /**
     * Starts a body on a virtual thread.
     *
     * @param name the worker's name, for messages and threads
     * @param body the code to run
     * @return the worker, which has started
     * @throws UnsupportedOperationException before Java 21; with {@link Interruption#RAISE} also if the JVM does not
     *     allow raising in virtual threads
     * @throws io.heliograph.SignalInterrupt if a signal ends the group
     * @throws IllegalStateException if it is closed
     */
    public ThreadWorker virtual(String name, Body body) {
        return startThread(workers.virtual(name, body));
    }

    /**
     * Starts a child process with the builder's directory, environment and redirects. Blocks until its program runs; an
     * interrupt does not end that. A supervisor of a few hundred kilobytes stands between: it reports the child's
     * state, and signals its descendants, wherever they are.
     *
     * <p>The child is in a process group of its own, in the terminal's background. A child that reads the terminal
     * needs {@code redirectInput(ProcessBuilder.Redirect.INHERIT)}; it stays in this process's group.
     *
     * @param name the worker's name, for messages and threads
     * @param builder the command and its surroundings
     * @return the worker, which has started
     * @throws IOException if the program can't be run
     * @throws io.heliograph.SignalInterrupt if a signal ends the group. If the start failed too, the {@link
     *     IOException} is suppressed in it: the terminal's Ctrl-C can kill the process that is about to run the program
     * @throws IllegalStateException if it is closed
     */
    public ProcessWorker process(String name, ProcessBuilder builder) throws IOException {
        GroupProcess worker = workers.process(name, builder);
        group.start(worker);
        return worker;
    }

    /**
     * Starts a child JVM with this JVM's JDK and class path, which writes to this process's output.
     *
     * @param name the worker's name, for messages and threads
     * @param mainClass the class with the main method, on this JVM's class path
     * @param args the arguments of its main method
     * @return the worker, which has started
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
     * @param name the worker's name, for messages and threads
     * @param command the command of the child JVM
     * @return the worker, which has started
     * @throws IOException if it can't be run
     * @throws io.heliograph.SignalInterrupt if a signal ends the group
     * @throws IllegalStateException if it is closed
     */
    public ProcessWorker javaProcess(String name, JavaCommand command) throws IOException {
        return process(name, command.toProcessBuilder());
    }

    /**
     * A pool of the group, with at most {@code most} workers at work at a time.
     *
     * @param most how many workers are at work at a time, at least 1
     * @return the pool
     * @throws IllegalArgumentException if {@code most} is not at least 1
     */
    public WorkerPool pool(int most) {
        return new WorkerPool(group, workers, most);
    }

    /**
     * Waits until all workers have ended, those in pools too, and all descendants of processes. If a signal arrives, it
     * waits for the workers' clean-up, for the grace period at most, and throws the signal.
     *
     * <p>A worker of an outer group may call it: if a signal ends the outer group, the same signal ends this one. An
     * exception of {@link io.heliograph.Signals#raiseIn} ends the wait. But it comes after the join if this group ends
     * already, or if the thread is a worker of a group with {@link Interruption#RAISE}.
     *
     * <p>A process has failed if it exits with another status than 0, or dies from a signal that the group did not
     * send. If it dies from one of the group's signals that this process has received too, that is no failure, and the
     * signal ends the group: Ctrl-C reaches both if the process reads the terminal.
     *
     * @throws io.heliograph.SignalInterrupt if a signal has come to the group since its opening; the workers' failures
     *     are suppressed in it
     * @throws WorkerFailure if workers have failed; each failure is thrown once
     * @throws InterruptedException if the thread is interrupted, and no signal ends the group
     * @throws IllegalStateException if a worker of the group itself calls it, for it would wait for itself
     */
    public void join() throws InterruptedException {
        requireOutsider("join");
        GroupJoin.join(group, group::isIdle, Deadline.NEVER, true);
    }

    /**
     * As {@link #join()}, but with a time limit.
     *
     * @param time how long to wait; zero or less does not wait
     * @return false if the time was over before all had ended
     * @throws InterruptedException as {@link #join()}
     */
    public boolean join(Duration time) throws InterruptedException {
        requireOutsider("join");
        return GroupJoin.join(group, group::isIdle, Deadline.in(time), true);
    }

    /**
     * Ends the group. It asks workers that are still at work to end: threads with a {@link
     * java.util.concurrent.CancellationException}, processes by TERM. It forces them after the grace period, and then
     * lets go of the signals, which do again what they did before. Blocks for that, except in a worker of the group.
     *
     * @throws io.heliograph.SignalInterrupt if a signal ended the group and no method has thrown it yet
     * @throws WorkerFailure if workers have failed and {@link #join()} has not thrown it yet
     */
    @Override
    public void close() {
        endAndLetGo();
        group.throwUnthrown();
    }

    /** {@return the signal that ends the group; empty if none has come} */
    public Optional<SignalEvent> signal() {
        return group.signal();
    }

    /** {@return the names of the workers that did not end within the grace period and cannot be forced: threads} */
    public List<String> abandoned() {
        return group.abandoned();
    }

    /**
     * Closes the group without throwing its outcome, and exits, with shutdown hooks: as the group's {@link ExitMode}
     * says if a signal has ended it, else with status 0. Does not return. In a worker of the group it does not wait for
     * workers: threads end with the process, and processes get TERM.
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
     * Throws in a body that is asked to end: the {@link io.heliograph.SignalInterrupt} if a signal ends the group, a
     * {@link java.util.concurrent.CancellationException} if the group is closed. It throws each time, so clean-up with
     * checkpoints belongs into {@link #unbroken(Body)}. Elsewhere, and in such a section, it does nothing. It is cheap
     * enough for a busy loop. Under {@link Interruption#RAISE} it throws only if the exception was not raised before,
     * and once.
     */
    public static void checkpoint() {
        GroupThread self = GroupThread.current();
        if (self != null) {
            self.checkpoint();
        }
    }

    /**
     * Runs a section that the group does not interrupt. An exception or interrupt that comes meanwhile, or came before,
     * waits for its end. Sections may be nested. The grace period goes on.
     *
     * @param <T> the type of the result
     * @param section the section to run
     * @return what the section returns
     * @throws Exception what the section throws
     */
    public static <T> T unbroken(Callable<T> section) throws Exception {
        return GroupThread.unbroken(section);
    }

    /**
     * As {@link #unbroken(Callable)}, without a result.
     *
     * @param section the section to run
     * @throws Exception what the section throws
     */
    public static void unbroken(Body section) throws Exception {
        unbroken(() -> {
            section.run();
            return null;
        });
    }

    private GroupThread startThread(GroupThread worker) {
        try {
            group.start(worker);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // starting a thread reads no file
        }
        return worker;
    }

    private void requireOutsider(String what) {
        GroupThread self = GroupThread.current();
        if (self != null && self.group() == group) {
            throw new IllegalStateException(
                    self.name() + " can't " + what + " the group that it works for: it would wait for itself");
        }
    }

    /** An exception that is raised in the calling thread meanwhile comes at its end. */
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
