package io.heliograph.internal.process;

import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.jni.NativeProcess;
import io.heliograph.internal.text.Uncaught;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pipe into which all supervisors of this JVM write, and the thread that reads it. The first process makes both.
 * The read end closes with the JVM: that is how supervisors see its end.
 */
final class StatusPipe {
    /** The kinds of {@code native/supervisor/protocol.h}. */
    static final int STARTED = 1;

    static final int FAILED = 2;
    static final int EXITED = 3;
    static final int KILLED = 4;
    static final int DUMPED = 5;
    static final int STOPPED = 6;
    static final int CONTINUED = 7;
    static final int EMPTY = 8;
    static final int LEFT = 9;
    static final int DENIED = 10;

    private static final int RECORD_BYTES = 16;
    private static final int BATCH = 256;

    /** Gets the records of one process, on the reading thread. */
    @FunctionalInterface
    interface Reader {
        void take(int kind, int pid, int value);
    }

    private final Map<Integer, Reader> readers = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final int readEnd;
    private final int writeEnd;

    private StatusPipe() {
        NativeLibrary.require();
        ByteBuffer ends = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        NativeCall.check(NativeProcess.openPipe(Native.address(ends)), "pipe2()");
        readEnd = ends.getInt(0);
        writeEnd = ends.getInt(4);
        Thread thread = new Thread(null, this::run, "heliograph-processes", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
    }

    private static final class Holder {
        static final StatusPipe PIPE = new StatusPipe();
    }

    static StatusPipe get() {
        return Holder.PIPE;
    }

    /** The descriptor that supervisors open through {@code /proc}. */
    int descriptor() {
        return writeEnd;
    }

    /** Adds a reader; returns the number of its records. */
    int add(Reader reader) {
        int id;
        do {
            id = lastId.incrementAndGet() & Integer.MAX_VALUE;
        } while (readers.putIfAbsent(id, reader) != null);
        return id;
    }

    void remove(int id) {
        readers.remove(id);
    }

    /** Writes the record {@link #LEFT}, behind all records of the supervisor. */
    void writeLeft(int id) {
        NativeCall.check(NativeProcess.writeLeft(writeEnd, id), "write(pipe)");
    }

    private void run() {
        ByteBuffer records = ByteBuffer.allocateDirect(BATCH * RECORD_BYTES).order(ByteOrder.nativeOrder());
        long address = Native.address(records);
        while (true) {
            int bytes = NativeProcess.read(readEnd, address, BATCH * RECORD_BYTES);
            if (bytes == Native.VM_IS_DEAD) {
                return;
            }
            NativeCall.check(bytes, "read(pipe)");
            for (int at = 0; at < bytes; at += RECORD_BYTES) {
                take(records.getInt(at), records.getInt(at + 4), records.getInt(at + 8), records.getInt(at + 12));
            }
        }
    }

    /** A reader's failure concerns one process. */
    private void take(int id, int kind, int pid, int value) {
        Reader reader = readers.get(id);
        if (reader == null) {
            return;
        }
        try {
            reader.take(kind, pid, value);
        } catch (Throwable failure) {
            Uncaught.report(failure);
        }
    }
}
