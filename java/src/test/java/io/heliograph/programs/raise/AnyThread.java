package io.heliograph.programs.raise;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Starts a thread of either kind, from code that Java 17 compiles. */
final class AnyThread {
    private AnyThread() {}

    static Thread start(boolean virtual, Runnable task) {
        try {
            if (virtual) {
                MethodHandle start = MethodHandles.publicLookup()
                        .findStatic(
                                Thread.class,
                                "startVirtualThread",
                                MethodType.methodType(Thread.class, Runnable.class));
                return (Thread) start.invokeExact(task);
            }
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
            return thread;
        } catch (Throwable failure) {
            throw new LinkageError("no virtual threads", failure);
        }
    }
}
