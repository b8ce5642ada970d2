package io.heliograph.internal.raise;

import java.util.concurrent.Callable;

/**
 * Sections in which nothing is raised. An exception that comes meanwhile is thrown when the section ends. Sections may
 * be nested.
 */
public final class Unbroken {
    private Unbroken() {}

    /**
     * Runs the section on the calling thread.
     *
     * @throws Exception what the section threw, or the raised exception with that suppressed in it
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

    /** Throws the exception that is to be raised in the calling thread, if any. Does nothing within a section. */
    public static void throwPending() {
        Throwable raised = Raiser.takeForCaller();
        if (raised != null) {
            throw Unbroken.<RuntimeException>asIs(raised);
        }
    }

    /** Any exception as an unchecked one: a raised exception may be of any type. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asIs(Throwable raised) throws E {
        throw (E) raised;
    }
}
