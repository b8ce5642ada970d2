package io.heliograph.internal.dispatch;

import io.heliograph.internal.jni.Native;

/** The native pipe. */
final class NativePipe implements DrainBarrier.Pipe {
    @Override
    public void wake() {
        Native.wake();
    }

    @Override
    public void mark() {
        Native.mark();
    }

    @Override
    public boolean isPastMark() {
        return Native.isPastMark();
    }
}
