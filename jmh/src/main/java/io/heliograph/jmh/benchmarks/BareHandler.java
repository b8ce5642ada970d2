package io.heliograph.jmh.benchmarks;

/** The hops of Heliograph in C, in this process: native/bench/bare_handler.c. For one thread. */
final class BareHandler {
    private BareHandler() {}

    /** Catches the signal, and starts the reader of the pipe. */
    static native void open(int signal, boolean isSpinning);

    /** Raises the signal once for each element, which becomes the time until the reader had it, in nanoseconds. */
    static native void raise(long[] nanos);

    /** Ends a reader that spins. */
    static native void close();
}
