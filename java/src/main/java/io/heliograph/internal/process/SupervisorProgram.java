package io.heliograph.internal.process;

import io.heliograph.internal.jni.Attempts;
import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.jni.OwnJar;
import io.heliograph.internal.jni.Platform;
import io.heliograph.internal.jni.UnpackedLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The supervisor's program: the file of {@code -Dheliograph.supervisor=PATH}, or the jar's own copy. The copy is a file
 * in memory (memfd_create(2)); if that cannot run, a file in a private folder, which is removed at once. Each is tried
 * before its use.
 */
final class SupervisorProgram {
    private static final String PROPERTY = "heliograph.supervisor";
    private static final String FILE_NAME = "heliograph-supervisor";

    private static @Nullable String path;

    private SupervisorProgram() {}

    /** The path of the program. The first call looks for it. */
    static synchronized String path() throws IOException {
        if (path == null) {
            NativeLibrary.require();
            NamelessFile.requireOwnProc();
            path = find();
        }
        return path;
    }

    /** A path, and the open file that it names; null if it is a file of its own. */
    record Program(String path, @Nullable NamelessFile file) {
        void close() {
            if (file != null) {
                file.close();
            }
        }
    }

    /** One way to get the program. */
    @FunctionalInterface
    interface Way {
        Program make() throws IOException;
    }

    private static String find() throws IOException {
        Map<String, Way> ways = new LinkedHashMap<>();
        String asked = System.getProperty(PROPERTY);
        if (asked != null) {
            ways.put("-D" + PROPERTY + "=" + asked, () -> new Program(asked, null));
        }
        ways.put("the jar's own copy in memory", SupervisorProgram::inMemory);
        for (String folder : UnpackedLibrary.foldersToTry()) {
            ways.put("the jar's own copy in " + folder, () -> unpackedIn(folder));
        }
        return first(ways);
    }

    /** The path by the first way that works. */
    static String first(Map<String, Way> ways) throws IOException {
        Attempts attempts = new Attempts();
        for (Map.Entry<String, Way> way : ways.entrySet()) {
            String found = attempt(attempts, way.getKey(), way.getValue());
            if (found != null) {
                return found;
            }
        }
        throw attempts.suppressedIn(new IOException(
                attempts.message("heliograph's supervisor of processes cannot be run", "the program", PROPERTY)));
    }

    private static @Nullable String attempt(Attempts attempts, String what, Way way) {
        Program program = null;
        try {
            program = way.make();
            tryOut(program.path());
            return program.path();
        } catch (IOException | RuntimeException e) {
            attempts.add(what, e);
            if (program != null) {
                program.close();
            }
            return null;
        }
    }

    /** Runs the program, which must have this jar's version. */
    static void tryOut(String program) throws IOException {
        Process process = new ProcessBuilder(program, "--version")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!said.equals(NativeLibrary.version())) {
            throw new IOException("it says that its version is \"" + said + "\", and the jar's is "
                    + NativeLibrary.version() + ": take both from one build");
        }
    }

    static Program inMemory() throws IOException {
        return ofFile(NamelessFile.inMemory(bytes()));
    }

    static Program unpackedIn(String parent) throws IOException {
        return ofFile(NamelessFile.unpackedIn(Path.of(parent), FILE_NAME, bytes()));
    }

    /** The file stays open as long as the JVM lives. A program that runs from there needs no name. */
    private static Program ofFile(NamelessFile file) {
        return new Program(file.path(), file);
    }

    /** Its bytes in the jar. */
    private static byte[] bytes() throws IOException {
        Platform platform = Platform.here();
        if (platform.problem() != null) {
            throw new IOException(platform.problem());
        }
        String name = platform.resource(FILE_NAME);
        try (InputStream in = OwnJar.open(name)) {
            if (in == null) {
                throw new IOException("the jar has no " + name + ", it was not built for this platform");
            }
            return in.readAllBytes();
        }
    }
}
