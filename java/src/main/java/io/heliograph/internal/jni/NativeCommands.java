package io.heliograph.internal.jni;

/**
 * The JVM's diagnostic commands, as the JDK's own bean for them reaches them. Call them only after {@link
 * NativeLibrary#require()}, and after the JDK has loaded its library for that bean. Any thread may call them.
 */
public final class NativeCommands {
    private NativeCommands() {}

    /**
     * The names of the commands.
     *
     * @throws LinkageError if this JDK has no such bean, or its library is not loaded
     */
    public static native String[] names();

    /**
     * Runs one command, with its arguments behind its name, and blocks until it has ended.
     *
     * @return its output
     * @throws IllegalArgumentException if the JVM refuses the command or its arguments
     * @throws LinkageError as {@link #names()}
     * @throws OutOfMemoryError if the output finds no room
     */
    public static native String execute(String command);
}
