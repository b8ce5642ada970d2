package io.heliograph.agent.systemd;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.agent.log.LogSettings;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeNotify;
import io.heliograph.internal.proc.OwnHook;
import io.heliograph.internal.text.StandardError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the service manager of the last signal, of reloads, and of the beginning of an exit, in the protocol of
 * sd_notify(3). Native code adds {@code EXTEND_TIMEOUT_USEC} while a deadline is kept ({@code heliograph_notify.h}).
 *
 * <p>Any thread may call the static methods. They do nothing if no service manager listens. Only a message that systemd
 * acts on waits for a full queue, for 300 ms at most; a status does not.
 */
public final class ServiceManager implements NamedWorker, Runnable {
    /** The hook's name, which the list of hooks at work leaves out. */
    public static final String HOOK = "heliograph-stopping";

    /** {@code systemctl status} shows the text in one line. */
    private static final int MOST_OF_EVENT = 400;

    private static final int MOST_BYTES = 1024;

    private static volatile @Nullable ServiceManager current;

    private final LogSettings log;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MOST_BYTES);
    private final long address = Native.address(buffer);
    private final List<Registration> registrations = new ArrayList<>();
    private final OwnHook hook = new OwnHook(HOOK, this);

    /** Under this object's lock, as the next four. */
    private String last = "";

    private long lastSequence = -1;
    private boolean isReloading;
    private boolean isEnding;
    private boolean hasFailed;

    private ServiceManager(LogSettings log) {
        this.log = new LogSettings(false, log.arguments(), log.place());
    }

    /**
     * Starts to tell the service manager, in place of an earlier start. Does nothing if there is none. If it fails,
     * nothing of it stays. A socket that cannot be used has a line on standard error, and the app runs on.
     *
     * @param isReady whether to say that the service is ready
     * @param signals those whose last arrival the status shows
     * @param delivery to a thread that runs one task after the other
     * @param isRequired whether a socket that cannot be used is an error
     * @throws IllegalStateException with a message of one line, for that error
     */
    public static void start(
            boolean isReady, LogSettings log, List<Signal> signals, Delivery delivery, boolean isRequired) {
        stop();
        ServiceManager manager = new ServiceManager(log);
        int result = NativeNotify.open();
        if (result == NativeNotify.NO_SOCKET) {
            return;
        }
        try {
            if (result == 0) {
                current = manager;
                result = manager.begin(isReady, signals, delivery.withSender());
            }
            if (result < 0 && isRequired) {
                throw new IllegalStateException(text(result));
            }
        } catch (Throwable failure) {
            stop();
            throw failure;
        }
        manager.tell(result);
    }

    /** Returns the result of {@code READY=1}, which goes last: an agent that does not start is not ready. */
    private int begin(boolean isReady, List<Signal> signals, Delivery delivery) {
        for (Signal signal : signals) {
            registrations.add(SignalRuntime.get().observe(signal, this, delivery));
        }
        hook.add();
        return isReady ? trySend("READY=1", true) : 0;
    }

    /** Ends it. The service manager hears no more than the end of a reload. */
    public static void stop() {
        ServiceManager manager = current;
        if (manager != null) {
            manager.end();
        }
    }

    private void end() {
        registrations.forEach(Registration::close);
        hook.remove();
        close();
    }

    /** Under the lock: a task of an observer may still be sending. */
    private synchronized void close() {
        if (isReloading) {
            send("READY=1", true);
        }
        current = null;
        NativeNotify.close();
    }

    /** The actions of a reload begin. {@link #reloaded} must follow. */
    public static void reloading() {
        ServiceManager manager = current;
        if (manager != null) {
            // CLOCK_MONOTONIC is the clock of System.nanoTime() (os::javaTimeNanos of HotSpot on Linux).
            manager.beginReload("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
        }
    }

    private synchronized void beginReload(String message) {
        isReloading = true;
        send(message, true);
    }

    /**
     * The actions of a reload are done. The service is ready again, even if one failed: it runs on as before.
     *
     * @param hasFailed whether the status says that the reload failed
     */
    public static void reloaded(SignalEvent event, boolean hasFailed) {
        ServiceManager manager = current;
        if (manager != null) {
            manager.endReload(event, hasFailed ? "the reload failed: " : "reloaded: ");
        }
    }

    /** The event comes to the observer, too: before or after. */
    private synchronized void endReload(SignalEvent event, String outcome) {
        isReloading = false;
        if (event.sequence() >= lastSequence) {
            note(event, outcome);
        }
        send("READY=1\n" + status(), true);
    }

    @Override
    public String name() {
        return "agent: systemd";
    }

    @Override
    public synchronized void onSignal(SignalEvent event) {
        if (event.sequence() > lastSequence) {
            note(event, "last signal: ");
            send(status(), false);
        }
    }

    private synchronized void note(SignalEvent event, String outcome) {
        lastSequence = event.sequence();
        last = outcome + log.describe(event, MOST_OF_EVENT);
    }

    private synchronized String status() {
        return "STATUS=" + (isEnding ? "ending" : "") + (isEnding && !last.isEmpty() ? "; " : "") + last;
    }

    /** The body of the shutdown hook. */
    @Override
    public synchronized void run() {
        isEnding = true;
        send("STOPPING=1\n" + status(), true);
    }

    private synchronized void send(String message, boolean mayWait) {
        tell(trySend(message, mayWait));
    }

    /** Sends nothing after the end: a task may have been queued before it. */
    private synchronized int trySend(String message, boolean mayWait) {
        if (current != this) {
            return 0;
        }
        byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(bytes.length, MOST_BYTES);
        buffer.put(0, bytes, 0, length);
        return NativeNotify.send(address, length, mayWait);
    }

    private synchronized void tell(int result) {
        if (result < 0 && !hasFailed) {
            hasFailed = true;
            StandardError.println(text(result) + "; the app runs on, and the service manager may miss its messages");
        }
    }

    private static String text(int result) {
        return "systemd=on: the socket that NOTIFY_SOCKET names: " + NativeCall.errorText(-result);
    }
}
