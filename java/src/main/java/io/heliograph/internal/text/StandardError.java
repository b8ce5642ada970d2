package io.heliograph.internal.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The process's standard error. The app may have replaced, locked or closed System.err. */
public final class StandardError {
    private static final FileOutputStream FILE = new FileOutputStream(FileDescriptor.err);

    private StandardError() {}

    /** Writes one line that begins with {@code heliograph: }, in one write so that it stays whole. */
    public static void println(String line) {
        print("heliograph: " + line + "\n");
    }

    /** Writes whole lines. */
    public static void print(String lines) {
        try {
            FILE.write(lines.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException nowhereToTellIt) {
            // Standard error is closed or has no reader: the app goes on as without us.
        }
    }
}
