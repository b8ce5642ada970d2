package io.heliograph.programs.agent;

import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeNotify;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Under an agent with {@code systemd=app}: sends the service manager messages until no more fit, and says "ready". */
public final class FullNotifySocket {
    private static final byte[] MESSAGE = "STATUS=full".getBytes(StandardCharsets.US_ASCII);

    private FullNotifySocket() {}

    public static void main(String[] args) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE.length).put(MESSAGE);
        long address = Native.address(buffer);
        int result = 0;
        while (result == 0) {
            result = NativeNotify.send(address, MESSAGE.length, false);
        }
        System.out.println("ready");
        System.in.read();
    }
}
