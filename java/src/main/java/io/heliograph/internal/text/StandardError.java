package io.heliograph.internal.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The process's standard error itself: not System.err, which the app may have replaced, locked or closed. */
public final class StandardError {
    private static final FileOutputStream FILE = new FileOutputStream(FileDescriptor.err);

    private StandardError() {}

    /** Writes one line, beginning with {@code heliograph: }, in one write so that it stays whole. */
    public static void println(String line) {
        print("heliograph: " + line + "\n");
    }

    /** Writes what is whole lines already. */
    public static void print(String lines) {
        try {
            FILE.write(lines.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException nowhereToTellIt) {
            // Standard error is closed, or nobody reads it any more: the app is to go on as it would without us.
        }
    }
}
