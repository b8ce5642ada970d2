package io.heliograph.internal.jni;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The natives of the last words; {@code heliograph_report.h} documents them. Each returns a value, or {@code -errno}.
 * Call them only after {@link NativeLibrary#require()}.
 */
public final class NativeReport {
    /** HELIOGRAPH_REPORT_BYTES: the most bytes of the file, and of the text for it. */
    public static final int MOST_BYTES = 4096;

    /** The steps that Java knows: {@code enum heliograph_report_step}. */
    public static final int ARRIVED = 0;

    public static final int EXIT_BEGUN = 2;

    /** HELIOGRAPH_REPORT_UNLESS_IN_ORDER. */
    public static final char UNLESS_IN_ORDER = '\u000b';

    /** HELIOGRAPH_REPORT_STEPS_HERE. */
    public static final char STEPS_HERE = '\f';

    private NativeReport() {}

    /** Writes the file for the first time. Returns 1 if another process that lives keeps it, too. */
    public static int open(Path file, boolean json) {
        byte[] name = (file + "\0").getBytes(ofFileNames());
        ByteBuffer buffer = ByteBuffer.allocateDirect(name.length).put(name);
        int result = open(Native.address(buffer), json);
        buffer.clear(); // it is in use until here
        return result;
    }

    /** The charset in which the JDK hands names to the operating system. */
    private static Charset ofFileNames() {
        String name = System.getProperty("sun.jnu.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    private static native int open(long path, boolean json);

    /** Writes that the report goes no further. */
    public static native int close();

    /** Sets what the file says beside what native code knows. */
    public static native int set(long text, int length);

    /** Notes a step, at a time of {@link System#nanoTime()}; 0: now. */
    public static native int step(int step, int signal, long nanos);

    /** Has the file written soon, by a native thread. Does not block. */
    public static native int write();

    /** {@code -errno} of the last write; 0 if it went well. */
    public static native int failure();

    /** For how long this process has run. */
    public static native long ranNanos();
}
