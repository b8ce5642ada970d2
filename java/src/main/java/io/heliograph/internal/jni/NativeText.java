package io.heliograph.internal.jni;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A buffer for short texts from the library. Used by one thread at a time. */
final class NativeText {
    static final int ROOM = 256;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);

    /** Where the library writes at most {@link #ROOM} bytes. */
    long address() {
        return Native.address(buffer);
    }

    /** What the library has written. */
    String read(int length) {
        byte[] bytes = new byte[length];
        buffer.get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
