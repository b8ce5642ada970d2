package io.heliograph.workers;

import io.heliograph.internal.process.ArgumentFile;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The command of a child JVM: this JVM's JDK, class path, native access and {@code heliograph.*} properties, with the
 * child's own main class and arguments. It passes on neither other options nor a module path. Relative entries of the
 * class path are relative to the child's directory. Immutable. The child writes to this process's standard output and
 * error, and its standard input is empty; {@link #toProcessBuilder()} can change that.
 *
 * <p>Class path and properties may have any length. From 64 KiB on, the child reads them from an argument file ({@code
 * java @FILE}). It has no name, only this user can read it, and it goes with this process. The other arguments have the
 * kernel's limits (execve(2)).
 */
public final class JavaCommand {
    private final Class<?> mainClass;
    private final List<String> arguments;
    private final List<String> options;
    private final @Nullable Bindings bindings;

    private JavaCommand(Class<?> mainClass, List<String> arguments, List<String> options, @Nullable Bindings bindings) {
        this.mainClass = mainClass;
        this.arguments = arguments;
        this.options = options;
        this.bindings = bindings;
    }

    /**
     * Runs {@code public static void main(String[])} of the class, which must be on this JVM's class path.
     *
     * @param mainClass the class with the main method
     * @param args the arguments of its main method
     * @return the command
     */
    public static JavaCommand of(Class<?> mainClass, String... args) {
        Objects.requireNonNull(mainClass, "mainClass is null: give the class that has the main method");
        return new JavaCommand(mainClass, List.of(args), List.of(), null);
    }

    /**
     * With more options of the JVM: {@code "-Xmx64m"}.
     *
     * @param more the options, one a string
     * @return a new command; this one stays as it is
     */
    public JavaCommand jvmOptions(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new JavaCommand(mainClass, arguments, List.copyOf(all), bindings);
    }

    /**
     * With this process's bindings. The child makes them before its main method begins.
     *
     * @param handedOn the bindings to make in the child
     * @return a new command; this one stays as it is
     */
    public JavaCommand withBindings(Bindings handedOn) {
        Objects.requireNonNull(handedOn, "bindings are null: give those of Bindings.on(signal, class)");
        return new JavaCommand(mainClass, arguments, options, handedOn);
    }

    /**
     * The same as a ProcessBuilder, to set directory, environment and redirects; for {@link WorkerGroup#process}. It can
     * start processes as long as this one lives.
     *
     * @return a new one
     * @throws java.io.UncheckedIOException if a file is needed, and there is no room for it, or {@code /proc} is
     *     another pid namespace's
     * @throws UnsatisfiedLinkError if a file is needed, and the native library is not available
     */
    public ProcessBuilder toProcessBuilder() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (mayUseNativeCode()) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        addOrFile(command, properties());
        command.addAll(options); // the last of two contradicting options counts
        addOrFile(command, List.of("-cp", System.getProperty("java.class.path")));
        if (bindings != null) {
            command.add(BoundMain.class.getName());
            command.addAll(bindings.arguments());
            command.add(BoundMain.END_OF_BINDINGS);
        }
        command.add(mainClass.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static List<String> properties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("heliograph."))
                .sorted()
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .toList();
    }

    private static void addOrFile(List<String> command, List<String> options) {
        if (ArgumentFile.isNeeded(options)) {
            command.add(ArgumentFile.argument(options));
        } else {
            command.addAll(options);
        }
    }

    /** Java 24 and later print four lines of warning in a child without native access. */
    private static boolean mayUseNativeCode() {
        try {
            return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(WorkerGroup.class.getModule());
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException beforeJava22) {
            return false;
        }
    }
}
