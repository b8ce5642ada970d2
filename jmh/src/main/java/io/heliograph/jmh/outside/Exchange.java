package io.heliograph.jmh.outside;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file that the sender and the receiver map, see native/bench/outside.h: when each signal was sent, when it was handled,
 * and how many were. To stamp and to acknowledge takes two stores and no system call.
 */
final class Exchange {
    private static final int HEADER_BYTES = 4096;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer bytes;
    private final int capacity;

    private Exchange(ByteBuffer bytes) {
        this.bytes = bytes;
        bytes.order(ByteOrder.nativeOrder());
        this.capacity = (bytes.capacity() - HEADER_BYTES) / (2 * Long.BYTES);
    }

    /** Makes a file for that many signals. */
    static Exchange make(Path file, int signals) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            return new Exchange(channel.map(MapMode.READ_WRITE, 0, HEADER_BYTES + 2L * Long.BYTES * signals));
        }
    }

    /** One without a file. */
    static Exchange ofOwn(int signals) {
        return new Exchange(ByteBuffer.allocateDirect(HEADER_BYTES + 2 * Long.BYTES * signals));
    }

    /** Maps an existing file. */
    static Exchange of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Exchange(channel.map(MapMode.READ_WRITE, 0, channel.size()));
        }
    }

    /** Stamps and acknowledges a signal, in one thread at a time. A signal too many is counted, so that it is noticed. */
    void note(long handledAt) {
        long before = handled();
        if (before < capacity) {
            bytes.putLong(HEADER_BYTES + Long.BYTES * (capacity + (int) before), handledAt);
        }
        LONG.setRelease(bytes, 0, before + 1);
    }

    long handled() {
        return (long) LONG.getAcquire(bytes, 0);
    }

    /** From sending to the worker, in nanoseconds. */
    long latency(int signal) {
        return bytes.getLong(HEADER_BYTES + Long.BYTES * (capacity + signal))
                - bytes.getLong(HEADER_BYTES + Long.BYTES * signal);
    }
}
