package io.heliograph.internal.dispatch;

import io.heliograph.internal.seam.Native;

/** What the native half does with a signal; {@code heliograph.h} says what each means. */
enum Mode {
    CAUGHT,
    OBSERVED,
    OBSERVED_DEFAULT,
    IGNORED,
    DEFAULT,
    RESTORED;

    /** 0, or {@code -errno}. */
    int put(int signal) {
        return switch (this) {
            case CAUGHT -> Native.catchSignal(signal);
            case OBSERVED -> Native.observe(signal);
            case OBSERVED_DEFAULT -> Native.observeDefault(signal);
            case IGNORED -> Native.ignore(signal);
            case DEFAULT -> Native.restoreDefault(signal);
            case RESTORED -> Native.restore(signal);
        };
    }
}
