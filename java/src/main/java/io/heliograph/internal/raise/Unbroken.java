package io.heliograph.internal.raise;

import java.util.concurrent.Callable;

/** Sections into which nothing is raised: what comes meanwhile is thrown as they are left. They may be nested. */
public final class Unbroken {
    private Unbroken() {}

    /**
     * Runs the section on the calling thread.
     *
     * @throws Exception what the section threw, or what was to be raised in it, with the former suppressed in it
     */
    public static <T> T call(Callable<T> section) throws Exception {
        Throwable sent = Raiser.flush();
        T result;
        try {
            result = StackMarkers.unbroken(section);
        } catch (Throwable failure) {
            Throwable raised = sent != null ? sent : Raiser.takeForCaller();
            if (raised != null) {
                raised.addSuppressed(failure);
                throw Unbroken.<RuntimeException>asIs(raised);
            }
            throw failure;
        }
        if (sent != null) {
            throw Unbroken.<RuntimeException>asIs(sent);
        }
        throwPending();
        return result;
    }

    /** Throws what is to be raised in the calling thread and was not yet; within a section, nothing. */
    public static void throwPending() {
        Throwable raised = Raiser.takeForCaller();
        if (raised != null) {
            throw Unbroken.<RuntimeException>asIs(raised);
        }
    }

    /** Any exception, as one that need not be declared: what is raised may be of any kind. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asIs(Throwable raised) throws E {
        throw (E) raised;
    }
}
