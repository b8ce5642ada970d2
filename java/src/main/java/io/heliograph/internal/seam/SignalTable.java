package io.heliograph.internal.seam;

import org.jspecify.annotations.Nullable;

/** The platform's signals, as its headers number them. */
public final class SignalTable {
    static {
        NativeLibrary.require();
    }

    private SignalTable() {}

    /** The largest number of a signal. */
    public static int maxSignal() {
        return Native.maxSignal();
    }

    /** The name of a signal's number, without SIG; null where the number is no signal. */
    public static @Nullable String name(int number) {
        String name = NativeText.of((address, room) -> Native.name(number, address, room));
        return name.isEmpty() ? null : name;
    }
}
