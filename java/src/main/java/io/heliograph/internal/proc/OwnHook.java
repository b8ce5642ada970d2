package io.heliograph.internal.proc;

/** A shutdown hook of ours. It inherits nothing from the thread that makes it. */
public final class OwnHook {
    private final Thread thread;

    /**
     * A hook, which does not run before it is added.
     *
     * @param name of its thread
     */
    public OwnHook(String name, Runnable body) {
        thread = new Thread(null, body, name, 0, false);
    }

    /** Adds it. If the JVM exits already, it is too late, and this does nothing. */
    public void add() {
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException exiting) {
            // No hook can be added any more (Runtime.addShutdownHook).
        }
    }

    /** Removes it. If the JVM exits already, it runs or has run. */
    public void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException exiting) {
            // No hook can be removed any more (Runtime.removeShutdownHook).
        }
    }
}
