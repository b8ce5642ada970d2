package io.heliograph.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a child has blocked. */
final class ChildMask {
    private ChildMask() {}

    /** The line SigBlk of its status, in hexadecimal digits. */
    static String ofNew() {
        try {
            Process child = new ProcessBuilder("cat", "/proc/self/status").start();
            String status = new String(child.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (child.waitFor() != 0) {
                throw new IllegalStateException("cat failed");
            }
            return status.replaceFirst("(?s).*\nSigBlk:\\s*([0-9a-f]+)\n.*", "$1");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
