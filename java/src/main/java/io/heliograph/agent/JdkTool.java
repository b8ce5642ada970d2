package io.heliograph.agent;

import org.jspecify.annotations.Nullable;

/**
 * Whether this JVM runs a tool of the JDK, which the agent meets by JAVA_TOOL_OPTIONS. {@code native/jvm/start.c} has the
 * same rule for {@code -agentpath}. The JDK's launcher sets these properties (java.c, SetMainModule, SetJavaCommandLineProp).
 */
final class JdkTool {
    private JdkTool() {}

    /** True, too, if there is nothing to run, as with {@code java -version}. */
    static boolean isRunning() {
        return is(
                System.getProperty("jdk.module.main"),
                System.getProperty("sun.java.command"),
                System.getProperty("sun.java.launcher"));
    }

    /** A program in one of the JDK's modules, but for its web server. {@code java Foo.java} has no main module. */
    static boolean is(@Nullable String mainModule, @Nullable String command, @Nullable String launcher) {
        if (mainModule != null) {
            boolean isOfJdk = mainModule.startsWith("jdk.") || mainModule.startsWith("java.");
            return isOfJdk && !mainModule.equals("jdk.httpserver");
        }
        if (command == null) {
            return launcher != null; // a host that makes the JVM itself has neither
        }
        return command.startsWith("jdk.jshell."); // the process in which jshell runs what is typed
    }
}
