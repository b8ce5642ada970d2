package io.heliograph.internal.raise;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Virtual threads, which Java 17 lacks: found by reflection. */
public final class VirtualThreads {
    private static final int FIRST = 21;
    private static final @Nullable MethodHandle UNSTARTED = findUnstarted();
    private static final @Nullable MethodHandle IS_VIRTUAL = findIsVirtual();

    private VirtualThreads() {}

    /**
     * Makes sure that this Java has them.
     *
     * @throws UnsupportedOperationException if not; the message says so in one line
     */
    public static void require() {
        if (UNSTARTED == null) {
            throw new UnsupportedOperationException("virtual threads need Java " + FIRST
                    + " or later, and this is Java " + Runtime.version().feature() + ": use thread(name, body)");
        }
    }

    /** A virtual thread that has not started. */
    public static Thread make(String name, Runnable body) {
        MethodHandle unstarted = UNSTARTED;
        if (unstarted == null) {
            throw new UnsupportedOperationException("no virtual threads");
        }
        try {
            return (Thread) unstarted.invokeExact(name, body);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible); // neither method declares one
        }
    }

    /** Whether the thread is one. */
    public static boolean isVirtual(Thread thread) {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable cannotBe) {
            throw new AssertionError(cannotBe);
        }
    }

    private static @Nullable MethodHandle findIsVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException before21) {
            return null;
        }
    }

    /** {@code (name, body) -> Thread.ofVirtual().name(name).unstarted(body)}; in 19 and 20 they were a preview. */
    private static @Nullable MethodHandle findUnstarted() {
        if (Runtime.version().feature() < FIRST) {
            return null;
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
            MethodHandle name = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class));
            MethodHandle unstarted =
                    lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
            MethodHandle named = MethodHandles.collectArguments(name, 0, ofVirtual); // (String)builder
            return MethodHandles.collectArguments(unstarted, 0, named); // (String, Runnable)Thread
        } catch (ReflectiveOperationException notThere) {
            return null;
        }
    }
}
