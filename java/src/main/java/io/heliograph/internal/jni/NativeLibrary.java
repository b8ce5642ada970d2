package io.heliograph.internal.jni;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loads the native library, once for each class loader, from the first of these that works: {@code
 * -Dheliograph.library=PATH}, {@code java.library.path}, the jar's own copy for this platform ({@link Platform}, {@link
 * UnpackedLibrary}). With {@code -agentpath} it is loaded already.
 *
 * <p>The library binds the natives of the package of the class that loads it, this one's: so it works under another name
 * of the package, too, that a build of the app has given it (shading).
 */
public final class NativeLibrary {
    static final String PROPERTY = "heliograph.library";

    private static final String FAILED = "heliograph's native library could not be loaded";

    @SuppressWarnings("StaticAssignmentOfThrowable") // failure() returns it
    private static final @Nullable UnsatisfiedLinkError FAILURE = load();

    private NativeLibrary() {}

    /**
     * Makes sure that the library is loaded.
     *
     * @throws UnsatisfiedLinkError if not; its message names each attempt and why it failed
     */
    public static void require() {
        if (FAILURE != null && !Native.isBound()) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError(FAILURE.getMessage());
            error.initCause(FAILURE);
            throw error;
        }
    }

    /** The version of the jar, which is the library's, too. */
    public static String version() {
        return Native.JAR_VERSION;
    }

    /** Why the library is not loaded; empty if it is. */
    public static Optional<Throwable> failure() {
        return Native.isBound() ? Optional.empty() : Optional.ofNullable(FAILURE);
    }

    /** Tries each way in turn. Returns null if one works. */
    private static @Nullable UnsatisfiedLinkError load() {
        if (Native.isBound()) {
            return null;
        }
        Attempts attempts = new Attempts();
        String asked = System.getProperty(PROPERTY);
        if (asked != null) {
            try {
                loadFile(Path.of(asked));
                return null;
            } catch (Exception | LinkageError e) {
                attempts.add("-D" + PROPERTY + "=" + asked, e);
            }
        }
        try {
            System.loadLibrary("heliograph");
            return null;
        } catch (Exception | LinkageError e) {
            attempts.add("java.library.path", e);
        }
        Platform platform = Platform.here();
        String problem = platform.problem();
        if (problem != null) {
            if (asked == null) {
                return new UnsatisfiedLinkError(FAILED + ": " + problem);
            }
            attempts.add("the jar's own copy", new UnsatisfiedLinkError(problem));
            return attempts.suppressedIn(new UnsatisfiedLinkError(FAILED + ". Tried " + attempts.tried()));
        }
        String resource = platform.resource(UnpackedLibrary.FILE_NAME);
        for (String folder : UnpackedLibrary.foldersToTry()) {
            try {
                UnpackedLibrary.loadFrom(folder, resource);
                return null;
            } catch (Exception | LinkageError e) {
                attempts.add("the jar's own copy in " + folder, e);
            }
        }
        return failure(attempts, resource);
    }

    private static void loadFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UnsatisfiedLinkError("no such file");
        }
        System.load(file.toAbsolutePath().toString());
    }

    /** No file would work, so the message names none. */
    private static UnsatisfiedLinkError denial(Throwable denied, String resource) {
        Module module = NativeLibrary.class.getModule();
        String message = "this Java denies access to native code (--illegal-native-access): start it with "
                + "--enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED")
                + ", or with -agentpath:/PATH/libheliograph.so=jar=" + UnpackedLibrary.jar()
                + " and the options behind a comma, which needs no such leave (the library is "
                + resource + " in that jar)";
        UnsatisfiedLinkError error = new UnsatisfiedLinkError(message);
        error.initCause(denied);
        return error;
    }

    private static UnsatisfiedLinkError failure(Attempts attempts, String resource) {
        return attempts.first(IllegalCallerException.class)
                .map(denied -> denial(denied, resource))
                .orElseGet(() -> attempts.suppressedIn(
                        new UnsatisfiedLinkError(attempts.message(FAILED, "the library", PROPERTY))));
    }
}
