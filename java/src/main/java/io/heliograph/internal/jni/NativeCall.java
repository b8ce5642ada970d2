package io.heliograph.internal.jni;

import io.heliograph.SignalException;

/** The one place where a native's {@code -errno} becomes an exception. */
public final class NativeCall {
    private NativeCall() {}

    /**
     * Returns the result if it is no error.
     *
     * @param call the call's name for the message: {@code "pipe()"}
     * @throws SignalException if the result is negative
     */
    public static int check(int result, String call) {
        if (result < 0) {
            throw failure(result, call);
        }
        return result;
    }

    /** The exception for a negative result, for calls whose name costs time to make. */
    public static SignalException failure(int result, String call) {
        return new SignalException(call + ": " + errorText(-result) + " (errno " + -result + ")", -result);
    }

    /** The C library's text for an errno. */
    public static String errorText(int errno) {
        NativeText text = new NativeText();
        return text.read(Native.errorText(errno, text.address(), NativeText.ROOM));
    }
}
