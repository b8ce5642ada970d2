package io.heliograph.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** How a child JVM is to be started: with the library on its class path, and the agent where asked for. */
public final class ChildJvm {
    /**
     * The last line with something in it that HotSpot prints when it is sent QUIT, with any collector. Until then its lines and
     * those of the app can run into each other.
     */
    public static final String LAST_OF_THREAD_DUMP = "^  class space ";

    private final List<String> prefix = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private List<String> classPath = List.of(jar(), System.getProperty("heliograph.testclasses"));
    private @Nullable String agent;
    private String java = tool("java");
    // Java 24 and later warn of a System.load without it; 17 takes it without a word.
    private @Nullable String nativeAccess = "--enable-native-access=ALL-UNNAMED";

    private ChildJvm() {}

    public static ChildJvm jvm() {
        return new ChildJvm();
    }

    /** heliograph.jar, as Maven has packaged it. */
    public static String jar() {
        return System.getProperty("heliograph.jar");
    }

    /** The version that the jar's manifest names. */
    public static String version() throws IOException {
        try (JarFile jar = new JarFile(jar())) {
            return jar.getManifest().getMainAttributes().getValue("Implementation-Version");
        }
    }

    /** libheliograph.so, as CMake has built it. */
    public static String library() {
        return Path.of(System.getProperty("heliograph.native"), "libheliograph.so")
                .toString();
    }

    /** The java, or another tool, of the JDK that runs the test. */
    public static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** A command that stands before java: {@code env --block-signal=USR1}. */
    public ChildJvm after(String... command) {
        prefix.addAll(List.of(command));
        return this;
    }

    /** Runs on another run-time image than the test. */
    public ChildJvm image(Path home) {
        java = home.resolve("bin").resolve("java").toString();
        return this;
    }

    public ChildJvm option(String... jvmOptions) {
        options.addAll(List.of(jvmOptions));
        return this;
    }

    public ChildJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public ChildJvm classPath(String... entries) {
        classPath = List.of(entries);
        return this;
    }

    /** Starts it under the agent; without options where they are empty. */
    public ChildJvm agent(String agentOptions) {
        agent = "-javaagent:" + jar() + (agentOptions.isEmpty() ? "" : "=" + agentOptions);
        return this;
    }

    /** Starts it with the library itself as the agent; without options where they are empty. */
    public ChildJvm nativeAgent(String agentOptions) {
        agent = "-agentpath:" + library() + "=jar=" + jar() + (agentOptions.isEmpty() ? "" : "," + agentOptions);
        return this;
    }

    /** Whichever of the two. */
    public ChildJvm agent(boolean isNative, String agentOptions) {
        return isNative ? nativeAgent(agentOptions) : agent(agentOptions);
    }

    /** Starts it without leave to use native code. */
    public ChildJvm withoutNativeAccess() {
        nativeAccess = null;
        return this;
    }

    public Child start(Class<?> main, String... arguments) {
        return start(main.getName(), arguments);
    }

    /** Starts it and waits until it has said that it is ready. */
    public Child startReady(Class<?> main, String... arguments) {
        Child child = start(main, arguments);
        child.out().await("^ready$");
        return child;
    }

    public Child start(String main, String... arguments) {
        return Child.start(command(main, arguments), environment);
    }

    /** Starts it in the foreground of a terminal of its own. */
    public Child startOnTerminal(String main, String... arguments) {
        return Child.startOnTerminal(command(main, arguments), environment);
    }

    /** The command that would start it, for a program that takes a command. */
    public List<String> command(String main, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(java);
        if (nativeAccess != null) {
            command.add(nativeAccess);
        }
        command.addAll(options);
        if (agent != null) {
            command.add(agent);
        }
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
        command.addAll(List.of(arguments));
        return command;
    }
}
