package io.heliograph.internal.dispatch;

import io.heliograph.Sender;
import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import org.jspecify.annotations.Nullable;

/** One call of a worker with one signal, in Flight Recorder. Its duration is the worker's time. */
@Name("heliograph.Signal")
@Label("Signal")
@Category("Heliograph")
@Description("A signal that was given to a worker; the duration is the time that the worker took")
@StackTrace(false)
final class FlightEvent extends Event {
    /** Shows whether a recording wants such events, without a new object for each signal. */
    private static final FlightEvent PROBE = new FlightEvent();

    /** A burst looks its sender up once. */
    private static final long KNOWN_FOR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static volatile Known latest = new Known(Sender.of(0, 0), 0, null);

    @Label("Signal")
    final @Nullable String signal;

    @Label("Origin")
    @Description("How it came about: Sent, Queued, ChildChanged, TimerExpired, FromKernel, or Lost")
    final @Nullable String origin;

    @Label("Process")
    @Description("Id of the sender's process, or of the child for ChildChanged; 0 if there is none or it is not known")
    final int pid;

    @Label("User")
    @Description("Real user id of the sender; -1 if there is no sender")
    final long uid;

    @Label("Command")
    @Description("The name of the sender's main thread; nothing if the sender had ended")
    final @Nullable String command;

    @Label("Value")
    @Description("The value of a queued signal or a timer, else 0")
    final int value;

    @Label("Count")
    @Description("1, or for Lost how many arrivals")
    final long count;

    @Label("Arrival")
    @Description("When the signal handler ran")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    final long arrival;

    @Label("Time to Worker")
    @Description("From the signal handler to the worker")
    @Timespan(Timespan.NANOSECONDS)
    final long timeToWorker;

    @Label("Worker")
    final @Nullable Class<?> worker;

    private record Known(
            Sender sender, long since, @Nullable String command) {}

    private FlightEvent() {
        signal = null;
        origin = null;
        pid = 0;
        uid = 0;
        command = null;
        value = 0;
        count = 0;
        arrival = 0;
        timeToWorker = 0;
        worker = null;
    }

    private FlightEvent(SignalWorker worker, SignalEvent event) {
        timeToWorker = System.nanoTime() - event.arrivedAt();
        arrival = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(timeToWorker);
        this.worker = worker.getClass();
        signal = event.signal().name();
        origin = event.getClass().getSimpleName();
        Sender sender = senderOf(event);
        uid = sender == null ? -1 : sender.uid();
        command = sender == null ? null : commandOf(sender);
        count = event instanceof SignalEvent.Lost lost ? lost.count() : 1;
        if (event instanceof SignalEvent.ChildChanged child) {
            pid = child.pid();
        } else {
            pid = sender == null ? 0 : sender.pid();
        }
        if (event instanceof SignalEvent.Queued queued) {
            value = queued.value();
        } else {
            value = event instanceof SignalEvent.TimerExpired timer ? timer.value() : 0;
        }
    }

    static boolean isRecording() {
        return PROBE.isEnabled();
    }

    /**
     * Called on the thread that is about to call the worker. It reads the sender's name now, since the sender may end
     * meanwhile. Those microseconds count neither as the worker's time nor as the time to it.
     */
    static FlightEvent begin(SignalWorker worker, SignalEvent event) {
        FlightEvent begun = new FlightEvent(worker, event);
        begun.begin();
        return begun;
    }

    private static @Nullable Sender senderOf(SignalEvent event) {
        if (event instanceof SignalEvent.Sent sent) {
            return sent.sender();
        }
        return event instanceof SignalEvent.Queued queued ? queued.sender() : null;
    }

    private static @Nullable String commandOf(Sender sender) {
        if (sender.pid() == 0) {
            return null;
        }
        Known known = latest;
        long now = System.nanoTime();
        if (!known.sender().equals(sender) || now - known.since() > KNOWN_FOR_NANOS) {
            known = new Known(sender, now, sender.identity().command().orElse(null));
            latest = known;
        }
        return known.command();
    }
}
