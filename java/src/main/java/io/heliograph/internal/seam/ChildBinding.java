package io.heliograph.internal.seam;

import java.util.List;
import java.util.function.Consumer;

/**
 * Puts our function in place of the native method by which {@code ProcessBuilder} starts a process, so that no child inherits
 * what steering blocks in the thread that starts it. It passes through to the JDK's.
 *
 * <p>By way of {@link Iterable#forEach}, as {@link JvmSignalBinding} is, and for its reason.
 */
public final class ChildBinding implements Consumer<Object> {
    private ChildBinding() {}

    /** Whether it was done, now or before; not on a JDK that starts processes in another way. */
    public static boolean bind() {
        try {
            // Not initialised: that would set what CHLD does, which is to happen with the app's first process.
            Class<?> start = Class.forName("java.lang.ProcessImpl", false, null);
            List.<Object>of(start).forEach(new ChildBinding());
            return isBound();
        } catch (ClassNotFoundException anotherWay) {
            return false;
        }
    }

    @Override
    public native void accept(Object start);

    private static native boolean isBound();
}
