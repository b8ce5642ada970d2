package io.heliograph.internal.jni;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loads the native library, once for each class loader, from the first of these that works: {@code
 * -Dheliograph.library=PATH}, {@code java.library.path}, the jar's own copy ({@link UnpackedLibrary}). With {@code
 * -agentpath} it is loaded already.
 */
public final class NativeLibrary {
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
        String asked = System.getProperty("heliograph.library");
        if (asked != null) {
            try {
                loadFile(Path.of(asked));
                return null;
            } catch (Exception | LinkageError e) {
                attempts.add("-Dheliograph.library=" + asked, e);
            }
        }
        try {
            System.loadLibrary("heliograph");
            return null;
        } catch (Exception | LinkageError e) {
            attempts.add("java.library.path", e);
        }
        for (String folder : UnpackedLibrary.foldersToTry()) {
            try {
                UnpackedLibrary.loadFrom(folder);
                return null;
            } catch (Exception | LinkageError e) {
                attempts.add("the jar's own copy in " + folder, e);
            }
        }
        return failure(attempts);
    }

    private static void loadFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UnsatisfiedLinkError("no such file");
        }
        System.load(file.toAbsolutePath().toString());
    }

    /** No file would work, so the message names none. */
    private static UnsatisfiedLinkError denial(Throwable denied) {
        Module module = NativeLibrary.class.getModule();
        String message = "this Java denies access to native code (--illegal-native-access): start it with "
                + "--enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED")
                + ", or with -agentpath:/PATH/libheliograph.so=jar=" + UnpackedLibrary.jar()
                + " and the options behind a comma, which needs no such leave (the library is "
                + UnpackedLibrary.resource() + " in that jar)";
        UnsatisfiedLinkError error = new UnsatisfiedLinkError(message);
        error.initCause(denied);
        return error;
    }

    private static UnsatisfiedLinkError failure(Attempts attempts) {
        return attempts.first(IllegalCallerException.class)
                .map(NativeLibrary::denial)
                .orElseGet(() -> attempts.suppressedIn(new UnsatisfiedLinkError(attempts.message(
                        "heliograph's native library could not be loaded", "the library", "heliograph.library"))));
    }
}
