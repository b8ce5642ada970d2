package io.heliograph.internal.jni;

import io.heliograph.SignalException;

/** The one place where a native's {@code -errno} becomes an exception. */
public final class NativeCall {
    private NativeCall() {}

    /**
     * The result, where it is no error.
     *
     * @param call what was called, as the message is to name it: {@code "pipe()"}
     * @throws SignalException if the result is negative
     */
    public static int check(int result, String call) {
        if (result < 0) {
            throw failure(result, call);
        }
        return result;
    }

    /** The exception for a negative result; for calls whose name would be costly to make each time. */
    public static SignalException failure(int result, String call) {
        return new SignalException(call + ": " + errorText(-result) + " (errno " + -result + ")", -result);
    }

    /** What the C library says of an errno. */
    public static String errorText(int errno) {
        NativeText text = new NativeText();
        return text.read(Native.errorText(errno, text.address(), NativeText.ROOM));
    }
}
