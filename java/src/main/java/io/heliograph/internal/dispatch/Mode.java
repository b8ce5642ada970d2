package io.heliograph.internal.dispatch;

import io.heliograph.internal.seam.Native;
import java.util.function.IntUnaryOperator;

/** What the native half does with a signal; {@code heliograph.h} says what each means. */
enum Mode {
    CAUGHT(Native::catchSignal),
    OBSERVED(Native::observe),
    OBSERVED_DEFAULT(Native::observeDefault),
    IGNORED(Native::ignore),
    DEFAULT(Native::restoreDefault),
    RESTORED(Native::restore);

    @SuppressWarnings("ImmutableEnumChecker") // the natives keep no state in these
    private final IntUnaryOperator call;

    Mode(IntUnaryOperator call) {
        this.call = call;
    }

    /** 0, or {@code -errno}. */
    int put(int signal) {
        return call.applyAsInt(signal);
    }
}
