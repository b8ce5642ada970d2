package io.heliograph.internal.dispatch;

import io.heliograph.internal.jni.Native;

/** The pipe that there is. */
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
