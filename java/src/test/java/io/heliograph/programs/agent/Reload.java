package io.heliograph.programs.agent;

import io.heliograph.SignalEvent;

/** What an operator binds to a signal. It says when it is initialised, so that a test sees who did so and when. */
public final class Reload {
    static {
        System.out.println("initialised by " + Thread.currentThread().getName());
    }

    private Reload() {}

    public static void plainly() {
        System.out.println("reloaded on " + Thread.currentThread().getName());
    }

    public static void where() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        System.out.println("in the context of " + (context == Reload.class.getClassLoader() ? "its own" : "another")
                + " loader, a " + context.getClass().getName());
    }

    public static void event(SignalEvent event) {
        System.out.println(
                "reloaded by " + event.signal() + " " + event.getClass().getSimpleName());
    }

    /** To be taken before the one without an argument. */
    public static void both(SignalEvent event) {
        System.out.println("both with " + event.signal());
    }

    public static void both() {
        System.out.println("both without");
    }

    public static void interrupt() {
        System.out.println("interrupted before: " + Thread.currentThread().isInterrupted());
        Thread.currentThread().interrupt();
    }

    /** Takes longer than the two seconds that the default action waits for an observer. */
    public static void slow() throws InterruptedException {
        Thread.sleep(2500);
        System.out.println("slowly reloaded");
    }

    /** With a message that was made to begin a line of its own. */
    public static void fail() {
        throw new IllegalStateException("no config\nheliograph: \u001b[31mall is well");
    }

    public static void wants(String text) {
        System.out.println("called with " + text);
    }

    public void needsAnObject() {
        System.out.println("called");
    }

    static void hidden() {
        System.out.println("called");
    }

    /** Not public, though its method is. */
    static final class Hidden {
        private Hidden() {}

        public static void reload() {
            System.out.println("called");
        }
    }

    /** Public, and nested. */
    public static final class Nested {
        private Nested() {}

        public static void reload() {
            System.out.println("nested reloaded");
        }
    }

    /** Cannot be initialised. */
    public static final class Broken {
        static {
            fail();
        }

        private Broken() {}

        public static void reload() {
            System.out.println("called");
        }
    }
}
