package io.heliograph.agent.report;

import io.heliograph.SignalEvent;
import io.heliograph.agent.log.JsonObject;
import io.heliograph.agent.log.LogSettings;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeReport;
import io.heliograph.internal.jni.NativeShutdown;
import io.heliograph.internal.text.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the VM knows of the process, as lines for the file. The most important one comes first, for the last are cut. */
final class Body {
    /** Of the line about the signal and its sender. */
    private static final int MOST_OF_SIGNAL = 1200;

    private static final int MOST_HOOKS = 8;

    /** Of the lines about threads. */
    private static final int MOST_OF_THREADS = 1100;

    private static final int MOST_FRAMES = 5;
    private static final int MOST_FRAMES_OF_JDK = 2;
    private static final int MOST_OF_FRAME = 160;

    private final LogSettings log;
    private final ThreadsAtWork threads = new ThreadsAtWork();
    private final Figures.Source source = new Figures.Source();

    /** Allocated while there is memory. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(NativeReport.MOST_BYTES);

    private final long address = Native.address(buffer);
    private @Nullable String signal;
    private List<String> deadlock = List.of();
    private volatile boolean exitHasBegun;

    Body(LogSettings log) {
        this.log = log;
    }

    /** The last one before the exit begins, or the first after that. */
    void setSignal(SignalEvent event) {
        if (signal == null || !exitHasBegun) {
            signal = log.describe(event, MOST_OF_SIGNAL);
        }
    }

    /** The app lives on: the signal was no request to end. */
    void forgetSignal() {
        if (!exitHasBegun && NativeShutdown.requestedBy() == 0) {
            signal = null;
        }
    }

    void setExitBegun() {
        exitHasBegun = true;
    }

    /** Stops all threads for a moment, so not each time. */
    void lookForDeadlocks() {
        deadlock = source.deadlock();
    }

    /** Hands the lines of now to native code, which writes them when it next writes. */
    void set() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Thread> atWork = exitHasBegun ? threads.inHooks() : signal == null ? List.of() : threads.ofApp();
        Figures figures = source.now();
        byte[] bytes = whole(log.json() ? json(now, atWork, figures) : text(now, atWork, figures))
                .getBytes(StandardCharsets.US_ASCII);
        buffer.put(0, bytes, 0, bytes.length);
        NativeReport.set(address, bytes.length);
    }

    /** The lines that fit: a part of one would be no JSON. */
    private static String whole(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (text.length() + line.length() + 1 > NativeReport.MOST_BYTES) {
                break;
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private List<String> text(Instant now, List<Thread> atWork, Figures figures) {
        List<String> lines = new ArrayList<>();
        if (signal != null) {
            lines.add("Signal: " + signal);
        }
        lines.add("" + NativeReport.STEPS_HERE);
        if (!atWork.isEmpty()) {
            lines.add(NativeReport.UNLESS_IN_ORDER
                    + (exitHasBegun
                            ? "Still at work in shutdown hooks at "
                            : "No exit has begun. Threads of the app at ")
                    + now + ":");
            int room = MOST_OF_THREADS;
            for (Thread thread : first(atWork)) {
                List<String> frames = frames(thread);
                room -= length(thread, frames);
                if (room < 0) {
                    break; // the figures need room, too
                }
                lines.add(NativeReport.UNLESS_IN_ORDER + "  " + Printable.quote(thread.getName()) + ", "
                        + thread.getState());
                for (String frame : frames) {
                    lines.add(NativeReport.UNLESS_IN_ORDER + (frame.startsWith("...") ? "    " : "    at ") + frame);
                }
            }
        }
        if (!deadlock.isEmpty()) {
            lines.add("Deadlock: " + String.join("; ", deadlock));
        }
        lines.add("The process at " + now + ":");
        for (String item : figures.items()) {
            lines.add("  " + item);
        }
        return lines;
    }

    private List<String> json(Instant now, List<Thread> atWork, Figures figures) {
        List<String> lines = new ArrayList<>();
        if (signal != null) {
            lines.add("\"signal\":" + signal);
        }
        lines.add("" + NativeReport.STEPS_HERE);
        List<JsonObject> json = new ArrayList<>();
        int room = MOST_OF_THREADS;
        for (Thread thread : first(atWork)) {
            List<String> frames = frames(thread);
            room -= length(thread, frames);
            if (room < 0) {
                break;
            }
            JsonObject one = new JsonObject()
                    .add("thread", thread.getName(), MOST_OF_FRAME)
                    .add("state", thread.getState().name());
            one.add("frames", frames, MOST_FRAMES * MOST_OF_FRAME);
            json.add(one);
        }
        if (!json.isEmpty()) {
            lines.add(NativeReport.UNLESS_IN_ORDER
                    + member(new JsonObject().addObjects(exitHasBegun ? "hooksAtWork" : "appThreads", json)));
        }
        if (!deadlock.isEmpty()) {
            lines.add(member(new JsonObject().add("deadlock", String.join("; ", deadlock), 2 * MOST_OF_FRAME)));
        }
        lines.add(member(new JsonObject().add("figuresAt", now.toString())));
        for (JsonObject each : figures.json()) {
            lines.add(member(each));
        }
        lines.add(member(new JsonObject().add("figures", String.join("; ", figures.items()))));
        return lines;
    }

    /** About what it takes in the file. */
    private static int length(Thread thread, List<String> frames) {
        int length = Math.min(thread.getName().length(), MOST_OF_FRAME) + 50;
        for (String frame : frames) {
            length += frame.length() + 8;
        }
        return length;
    }

    private static List<Thread> first(List<Thread> threads) {
        return threads.subList(0, Math.min(threads.size(), MOST_HOOKS));
    }

    /** The top frames. Of a long way into the JDK, only the top: what called it says more. */
    private static List<String> frames(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        int inJdk = 0;
        while (inJdk < stack.length && isOfJdk(stack[inJdk].getClassName())) {
            inJdk++;
        }
        boolean skips = inJdk > MOST_FRAMES_OF_JDK && inJdk < stack.length;
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < stack.length && frames.size() < MOST_FRAMES; i++) {
            if (skips && i == MOST_FRAMES_OF_JDK) {
                frames.add("... " + (inJdk - i) + " more in the JDK");
                i = inJdk;
            }
            String text = Printable.escape(plain(stack[i]));
            frames.add(text.substring(0, Math.min(text.length(), MOST_OF_FRAME)));
        }
        return frames;
    }

    private static boolean isOfJdk(String name) {
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
    }

    /** Without loader and module, which leave no room for more. */
    private static String plain(StackTraceElement frame) {
        String file = frame.getFileName();
        String place = frame.isNativeMethod() ? "native" : file == null ? "" : file + ":" + frame.getLineNumber();
        return frame.getClassName() + "." + frame.getMethodName() + "(" + place + ")";
    }

    /** {@code "name":value} of an object with one member. */
    private static String member(JsonObject object) {
        String text = object.end();
        return text.substring(1, text.length() - 1);
    }
}
