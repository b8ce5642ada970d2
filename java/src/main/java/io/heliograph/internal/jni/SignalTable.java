package io.heliograph.internal.jni;

import org.jspecify.annotations.Nullable;

/** The platform's signals, as its headers number them. */
public final class SignalTable {
    private static final NativeText TEXT;

    static {
        NativeLibrary.require();
        TEXT = new NativeText();
    }

    private SignalTable() {}

    /** The largest number of a signal. */
    public static int maxSignal() {
        return Native.maxSignal();
    }

    /** The name of a signal's number, without SIG; null if the number is no signal. */
    public static synchronized @Nullable String name(int number) {
        int length = Native.name(number, TEXT.address(), NativeText.ROOM);
        return length == 0 ? null : TEXT.read(length);
    }
}
