package io.heliograph.internal.jni;

import java.util.List;
import java.util.function.Consumer;

/**
 * Puts our function in place of the native method beneath {@code sun.misc.Signal.handle}, where the library is the agent
 * itself; {@code System.load} does so in {@code JNI_OnLoad}.
 *
 * <p>HotSpot warns of a native method of the JDK's that is bound anew unless a class of the JDK's own is the caller (jni.cpp,
 * {@code jni_RegisterNatives}). So one is: {@link Iterable#forEach}. No generic type, for its bridge method would be the caller.
 */
public final class JvmSignalBinding implements Consumer<Object> {
    private JvmSignalBinding() {}

    /** To be called when the library has bound {@link #accept}. */
    public static void bind() {
        List.of("").forEach(new JvmSignalBinding());
    }

    @Override
    public native void accept(Object unused);
}
