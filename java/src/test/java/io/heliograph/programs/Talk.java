package io.heliograph.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How a program talks with the test that runs it: a line out, a line in. */
public final class Talk {
    /** Not a time that anything is expected to take: the program then goes on, and tells the facts as they are. */
    private static final long MOST_SECONDS = 60;

    private static final BufferedReader IN =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private Talk() {}

    public static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }

    /** The next line; ends the program where the test has ended. */
    public static String hear() {
        try {
            String line = IN.readLine();
            if (line == null) {
                Runtime.getRuntime().halt(1);
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void hear(String expected) {
        String line = hear();
        if (!line.equals(expected)) {
            throw new IllegalStateException("heard " + line + " instead of " + expected);
        }
    }

    /** Waits until it is so, or for so long that it never will be; tells which. */
    public static boolean until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.yield();
        }
        return true;
    }
}
