package io.heliograph.internal.dispatch;

/** What the native half does with a signal; {@code heliograph.h} says what each means. */
enum Mode {
    CAUGHT,
    OBSERVED,
    OBSERVED_DEFAULT,
    IGNORED,
    DEFAULT,
    RESTORED
}
