package io.heliograph.internal.raise;

import java.util.concurrent.Callable;

/** Marks on a thread's stack. Native code finds them, and knows where it may raise. */
final class StackMarkers {
    private StackMarkers() {}

    /** Above this frame runs the body of a {@link RaisingRun}. */
    static <T> T body(Callable<T> body) throws Exception {
        return body.call();
    }

    /** Nothing is raised above this frame. */
    static <T> T unbroken(Callable<T> section) throws Exception {
        return section.call();
    }

    /** Whether the calling thread is in an unbroken section. Walks its stack. */
    static boolean isUnbroken() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.anyMatch(frame -> frame.getDeclaringClass() == StackMarkers.class
                        && frame.getMethodName().equals("unbroken")));
    }
}
