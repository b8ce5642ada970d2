package io.heliograph.jmh.benchmarks;

/**
 * The self-pipe of the floors inside this JVM: a handler that writes 64 bytes, and a thread of C that reads them. It is of
 * {@code native/bench/bare_handler.c}, which is to be loaded before.
 */
final class BareHandler {
    private BareHandler() {}

    /** Once; where the process cannot do it, it ends. */
    static native void open(int signal);

    /** In the calling thread, by the system calls of {@link io.heliograph.Signals#raise}. */
    static native void raise(int signal);

    /** How many records its thread has read. */
    static native long taken();
}
