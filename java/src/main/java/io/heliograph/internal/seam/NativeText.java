package io.heliograph.internal.seam;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Short texts from the library. */
final class NativeText {
    private static final int ROOM = 256;

    private NativeText() {}

    /** Writes at an address, within a room, and returns the length. */
    @FunctionalInterface
    interface Writer {
        int write(long address, int room);
    }

    static String of(Writer writer) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);
        int length = writer.write(Native.address(buffer), ROOM);
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
