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
 * <p>Any thread may call the static methods. They do nothing if no service manager listens, and wait for 300 ms at most.
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
    private final Thread hook = new Thread(null, this, HOOK, 0, false);

    /** Under this object's lock, as the next three. */
    private String last = "";

    private long lastSequence = -1;
    private boolean isEnding;
    private boolean hasFailed;

    private ServiceManager(LogSettings log) {
        this.log = new LogSettings(false, log.arguments(), log.place());
    }

    /**
     * Starts to tell the service manager, in place of an earlier start. Does nothing if there is none. A socket that
     * cannot be used has a line on standard error, and the app runs on.
     *
     * @param isReady whether to say that the service is ready
     * @param signals those whose last arrival the status shows
     * @param delivery to a thread that runs one task after the other
     */
    public static void start(boolean isReady, LogSettings log, List<Signal> signals, Delivery delivery) {
        stop();
        int result = NativeNotify.open();
        if (result == NativeNotify.NO_SOCKET) {
            return;
        }
        ServiceManager manager = new ServiceManager(log);
        if (result < 0) {
            manager.tell(result);
            return;
        }
        current = manager;
        manager.begin(isReady, signals, delivery.withSender());
    }

    private void begin(boolean isReady, List<Signal> signals, Delivery delivery) {
        for (Signal signal : signals) {
            registrations.add(SignalRuntime.get().observe(signal, this, delivery));
        }
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // The agent attaches to a JVM that exits.
        }
        if (isReady) {
            send("READY=1");
        }
    }

    /** Ends it. The service manager hears nothing of that. */
    public static void stop() {
        ServiceManager manager = current;
        current = null;
        if (manager != null) {
            manager.end();
        }
    }

    private void end() {
        registrations.forEach(Registration::close);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // It runs or has run.
        }
        NativeNotify.close();
    }

    /** The actions of a reload begin. {@link #reloaded} must follow. */
    public static void reloading() {
        ServiceManager manager = current;
        if (manager != null) {
            // CLOCK_MONOTONIC is the clock of System.nanoTime() (os::javaTimeNanos of HotSpot on Linux).
            manager.send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
        }
    }

    /**
     * The actions of a reload are done. The service is ready again, even if one failed: it runs on as before.
     *
     * @param hasFailed whether the status says that the reload failed
     */
    public static void reloaded(SignalEvent event, boolean hasFailed) {
        ServiceManager manager = current;
        if (manager != null) {
            manager.note(event, hasFailed ? "the reload failed: " : "reloaded: ", "READY=1\n");
        }
    }

    @Override
    public String name() {
        return "agent: systemd";
    }

    @Override
    public void onSignal(SignalEvent event) {
        note(event, "last signal: ", "");
    }

    /** The event of a reload comes here a second time, as that of an observer. */
    private synchronized void note(SignalEvent event, String outcome, String head) {
        if (event.sequence() != lastSequence) {
            lastSequence = event.sequence();
            last = outcome + log.describe(event, MOST_OF_EVENT);
            send(head + status());
        }
    }

    private synchronized String status() {
        return "STATUS=" + (isEnding ? "ending" : "") + (isEnding && !last.isEmpty() ? "; " : "") + last;
    }

    /** The body of the shutdown hook. */
    @Override
    public synchronized void run() {
        isEnding = true;
        send("STOPPING=1\n" + status());
    }

    private synchronized void send(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(bytes.length, MOST_BYTES);
        buffer.put(0, bytes, 0, length);
        int result = NativeNotify.send(address, length);
        if (result < 0) {
            tell(result);
        }
    }

    private synchronized void tell(int error) {
        if (!hasFailed) {
            hasFailed = true;
            StandardError.println("systemd=on: the socket that NOTIFY_SOCKET names: " + NativeCall.errorText(-error)
                    + "; the app runs on, and the service manager may miss its messages");
        }
    }
}
