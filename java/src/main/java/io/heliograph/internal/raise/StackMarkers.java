package io.heliograph.internal.raise;

import java.util.concurrent.Callable;

/** Marks on a thread's stack, by which {@code native/src/raise_frames.c} knows what a raise may break off. */
final class StackMarkers {
    private StackMarkers() {}

    /** Above this frame runs the body of a {@link RaisingRun}. */
    static <T> T body(Callable<T> body) throws Exception {
        return body.call();
    }

    /** Above this frame nothing is raised. */
    static <T> T unbroken(Callable<T> section) throws Exception {
        return section.call();
    }

    /** Whether the calling thread is in a section that is not to be broken off. Walks its stack. */
    static boolean isUnbroken() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.anyMatch(frame -> frame.getDeclaringClass() == StackMarkers.class
                        && frame.getMethodName().equals("unbroken")));
    }
}
