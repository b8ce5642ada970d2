package io.heliograph.internal.text;

/** Failures that no caller can handle. */
public final class Uncaught {
    private Uncaught() {}

    /** Loads the class now: {@link #report} may come when there is no memory left to load it. */
    public static void load() {}

    /** Gives the failure to the uncaught exception handler of the calling thread, which may be the app's. */
    public static void report(Throwable failure) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        } catch (Throwable unreportable) {
            // The JVM too ignores what an uncaught exception handler throws (Thread.UncaughtExceptionHandler).
        }
    }
}
