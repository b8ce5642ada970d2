package io.heliograph.agent.report;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.agent.log.FilePattern;
import io.heliograph.agent.log.LogSettings;
import io.heliograph.agent.log.Throttle;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.dispatch.Requests;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeReport;
import io.heliograph.internal.jni.RecordBuffer;
import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the file of {@code report=FILE} current: what it says of the process comes from here, and native code adds how
 * the process ended ({@code heliograph_report.h}).
 *
 * <p>All but the start and the shutdown hook runs on a thread of its own, so that an action that takes long, and a
 * garbage collection without end, hold up nothing else. A native thread writes.
 */
public final class LastWords implements NamedWorker {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Figures first, for an app that has just started. Then they cost its start nothing. */
    private static final long FIRST = SECOND;

    private static final long EVERY = 10 * SECOND;
    private static final int ROUNDS_OF_A_WRITE = 6;

    /** While the process may be ending, each moment may be the last. Of an app that lives on, so much is enough. */
    private static final long EVERY_IN_THE_END = SECOND;

    private static final long END = TimeUnit.MINUTES.toNanos(1);

    /** A KILL may come together with the deadline. */
    private static final long BEFORE_DEADLINE = TimeUnit.MILLISECONDS.toNanos(500);

    private final String option;
    private final Executor thread;
    private final Throttle.Timer timer;
    private final Map<Signal, Long> deadlines;
    private final Body body;
    private final List<Registration> registrations = new ArrayList<>();
    private final ExitNotice exitNotice = new ExitNotice(this::exitBegins);

    /** Of the report's thread alone, as the next four. */
    private int round;

    private int failure;
    private boolean isEnding;

    /** When it is not ending any more, on the clock of {@link System#nanoTime()}. */
    private long endingUntil;

    /** Of the one chain of rounds that goes on. */
    private int chain;

    private volatile boolean isClosed;

    private LastWords(
            String option, LogSettings log, Map<Signal, Long> deadlines, Executor thread, Throttle.Timer timer) {
        this.option = option;
        this.thread = thread;
        this.timer = timer;
        this.deadlines = deadlines;
        body = new Body(log);
    }

    /**
     * Writes the file's first form and starts to keep it current. A process before this one that never came to its end
     * has a line on standard error.
     *
     * @param pattern the file, as {@link FilePattern} knows it; it is overwritten
     * @param signals those that may end the process
     * @param deadlines nanoseconds from the arrival of a signal to the end, for those that have a deadline
     * @param thread runs one task after the other
     * @param timer of the same thread
     * @throws Failure if the file cannot be used
     */
    public static LastWords start(
            String pattern,
            LogSettings log,
            List<Signal> signals,
            Map<Signal, Long> deadlines,
            Executor thread,
            Throttle.Timer timer)
            throws Failure {
        String option = "report=" + pattern;
        Path file = Path.of(FilePattern.expand(pattern, Instant.now())).toAbsolutePath();
        EarlierReport earlier = EarlierReport.read(file);
        if (earlier.isForeign()) {
            throw failure(option, "the file holds something else, and is left as it is: name another one");
        }
        int result = NativeReport.open(file, log.json());
        if (result < 0) {
            throw failure(option, NativeCall.errorText(-result));
        }
        String line = earlier.line(result > 0);
        if (line != null) {
            say(option, line);
        }
        LastWords words = new LastWords(option, log, deadlines, thread, timer);
        try {
            words.begin(signals);
        } catch (Throwable failure) {
            words.close();
            throw failure;
        }
        return words;
    }

    private void begin(List<Signal> signals) {
        Delivery delivery = Delivery.on(thread).withSender();
        for (Signal signal : signals) {
            registrations.add(SignalRuntime.get().observe(signal, this, delivery));
        }
        exitNotice.add();
        next(FIRST);
    }

    private static Failure failure(String option, String why) {
        return new Failure(Printable.line(option) + ": " + why);
    }

    private static void say(String option, String line) {
        StandardError.println(Printable.line(option) + ": " + line);
    }

    @Override
    public String name() {
        return "agent: report";
    }

    /** A signal that may end the process. The file says so at once, and then who sent it. */
    @Override
    public void onSignal(SignalEvent event) {
        NativeReport.step(NativeReport.ARRIVED, event.signal().number(), event.arrivedAt());
        NativeReport.write();
        try {
            int request = Requests.of(event.sequence());
            if (request != RecordBuffer.REPEATED_REQUEST && request != RecordBuffer.SECOND_REQUEST) {
                body.setSignal(event);
            }
            thread.execute(() -> hurry(event)); // an end of the process waits for this worker, and not for that
        } catch (OutOfMemoryError full) {
            // Native code says which signal it was.
        }
    }

    private void hurry(SignalEvent event) {
        refresh();
        long within = Objects.requireNonNullElse(deadlines.get(event.signal()), 0L);
        hurry(Math.max(END, within));
        if (within > BEFORE_DEADLINE) {
            timer.at(event.arrivedAt() + within - BEFORE_DEADLINE, this::refresh);
        }
    }

    /** Called by the shutdown hook. What may take memory is for the report's thread. */
    private void exitBegins(Runnable done) {
        NativeReport.step(NativeReport.EXIT_BEGUN, 0, 0);
        NativeReport.write();
        body.setExitBegun();
        thread.execute(() -> {
            try {
                refresh();
            } finally {
                done.run();
            }
            hurry(END);
        });
    }

    /** The process may end within this time. */
    private void hurry(long nanos) {
        long until = System.nanoTime() + nanos;
        endingUntil = isEnding && endingUntil - until > 0 ? endingUntil : until;
        isEnding = true;
        next(EVERY_IN_THE_END);
    }

    /** Without memory for it, this waits for some: rounds must not cease. */
    private void next(long nanos) {
        int its = ++chain;
        for (boolean isSet = false; !isSet; ) {
            try {
                timer.at(System.nanoTime() + nanos, () -> runARound(its));
                isSet = true;
            } catch (OutOfMemoryError full) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private void runARound(int its) {
        if (isClosed || its != chain) {
            return;
        }
        if (isEnding && endingUntil - System.nanoTime() <= 0) {
            isEnding = false;
            body.forgetSignal();
        }
        next(isEnding ? EVERY_IN_THE_END : EVERY);
        boolean writes = isEnding || round % ROUNDS_OF_A_WRITE == 0;
        // Deadlocks not in the first round: a look for them stops all threads, and the app has just started.
        boolean isKnown = update(writes && (isEnding || round > 0));
        round += isKnown ? 1 : 0;
        if (writes) {
            write();
        }
    }

    private void refresh() {
        update(false); // without memory, native code still writes what it knows
        write();
    }

    /** Without memory for it, what was known last stays, and this returns false. */
    private boolean update(boolean looksForDeadlocks) {
        try {
            if (looksForDeadlocks) {
                body.lookForDeadlocks();
            }
            body.set();
            return true;
        } catch (OutOfMemoryError full) {
            return false; // the next round may find some
        }
    }

    private void write() {
        NativeReport.write();
        sayFailure();
    }

    /** That of the write before. */
    private void sayFailure() {
        int error = NativeReport.failure();
        if (error != failure) {
            failure = error;
            if (error != 0) {
                say(option, NativeCall.errorText(-error) + "; it is written again as soon as that works");
            }
        }
    }

    /** The file says that the process lives on and is not watched any more. Its thread is to be ended after this. */
    public void close() {
        isClosed = true;
        registrations.forEach(Registration::close);
        exitNotice.remove();
        NativeReport.close();
    }
}
