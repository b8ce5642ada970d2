package io.heliograph.internal.jni;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A batch of {@code struct heliograph_record}, filled by {@link Native#read}. Used by one thread, the dispatcher. */
public final class RecordBuffer {
    private static final int RECORD_BYTES = 64;
    private static final int FLAG_DEFAULT_DUE = 1;
    private static final int FLAG_LOST = 2;
    private static final int FLAG_ATTACHES = 4;

    /** Of {@link #request}. */
    public static final int FIRST_REQUEST = 8;

    public static final int REPEATED_REQUEST = 16;
    public static final int SECOND_REQUEST = 32;

    private final ByteBuffer bytes;
    private final long address;
    private final int capacity;

    public RecordBuffer(int capacity) {
        this.capacity = capacity;
        bytes = ByteBuffer.allocateDirect(capacity * RECORD_BYTES).order(ByteOrder.nativeOrder());
        address = Native.address(bytes);
    }

    /** Reads from the pipe. Returns the number of records, or {@code -errno}. */
    public int fill() {
        return Native.read(address, capacity);
    }

    public int signal(int record) {
        return bytes.getInt(record * RECORD_BYTES);
    }

    public int code(int record) {
        return bytes.getInt(record * RECORD_BYTES + 4);
    }

    public int pid(int record) {
        return bytes.getInt(record * RECORD_BYTES + 8);
    }

    public int uid(int record) {
        return bytes.getInt(record * RECORD_BYTES + 12);
    }

    public int value(int record) {
        return bytes.getInt(record * RECORD_BYTES + 16);
    }

    public int status(int record) {
        return bytes.getInt(record * RECORD_BYTES + 20);
    }

    public long sequence(int record) {
        return bytes.getLong(record * RECORD_BYTES + 24);
    }

    public long arrivedAt(int record) {
        return bytes.getLong(record * RECORD_BYTES + 32);
    }

    public boolean isDefaultDue(int record) {
        return (bytes.getInt(record * RECORD_BYTES + 40) & FLAG_DEFAULT_DUE) != 0;
    }

    public boolean isLost(int record) {
        return (bytes.getInt(record * RECORD_BYTES + 40) & FLAG_LOST) != 0;
    }

    /** Whether the sender attaches to the JVM. */
    public boolean attaches(int record) {
        return (bytes.getInt(record * RECORD_BYTES + 40) & FLAG_ATTACHES) != 0;
    }

    /** What the signal was taken for, as one of these three flags; 0 if it requested no end. */
    public int request(int record) {
        return bytes.getInt(record * RECORD_BYTES + 40) & (FIRST_REQUEST | REPEATED_REQUEST | SECOND_REQUEST);
    }

    /** For {@link Lineage.Reader#ofSender}; 0 if the handler has not captured the sender. */
    public int sender(int record) {
        return bytes.getInt(record * RECORD_BYTES + 56);
    }

    /** {@code enum heliograph_cause}. */
    public int cause(int record) {
        return bytes.getInt(record * RECORD_BYTES + 44);
    }

    public long count(int record) {
        return bytes.getLong(record * RECORD_BYTES + 48);
    }
}
