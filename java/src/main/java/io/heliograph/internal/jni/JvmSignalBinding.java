package io.heliograph.internal.jni;

import java.util.List;
import java.util.function.Consumer;

/**
 * Replaces the native method beneath {@code sun.misc.Signal.handle} by ours, if the library is the agent itself. {@code
 * System.load} does it in {@code JNI_OnLoad}.
 *
 * <p>HotSpot warns if a class outside the JDK rebinds a native method of the JDK (jni.cpp, {@code
 * jni_RegisterNatives}). So the caller is {@link Iterable#forEach}. A generic type would have a bridge method as the
 * caller.
 */
public final class JvmSignalBinding implements Consumer<Object> {
    private JvmSignalBinding() {}

    /** Called by native code after it has bound {@link #accept}. */
    public static void bind() {
        List.of("").forEach(new JvmSignalBinding());
    }

    @Override
    public native void accept(Object unused);
}
