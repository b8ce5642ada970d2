package io.heliograph.internal;

import io.heliograph.internal.seam.Native;
import io.heliograph.internal.seam.NativeLibrary;

/** This process's id. {@code ProcessHandle} knows it too, but first makes the JDK a pool of threads for processes. */
public final class ThisProcess {
    private ThisProcess() {}

    public static int pid() {
        return NativeLibrary.failure().isEmpty()
                ? Native.processId()
                : Math.toIntExact(ProcessHandle.current().pid());
    }
}
