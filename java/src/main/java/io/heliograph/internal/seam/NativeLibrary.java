package io.heliograph.internal.seam;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loads the native library, once a class loader, from the first of these that works: {@code -Dheliograph.library=PATH},
 * {@code java.library.path}, the jar's own copy ({@link UnpackedLibrary}).
 */
public final class NativeLibrary {
    @SuppressWarnings("StaticAssignmentOfThrowable") // it is what failure() answers
    private static final @Nullable UnsatisfiedLinkError FAILURE = load();

    private NativeLibrary() {}

    /**
     * Makes sure that the library is there.
     *
     * @throws UnsatisfiedLinkError if it is not; its message names all that was tried, and why each failed
     */
    public static void require() {
        if (FAILURE != null) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError(FAILURE.getMessage());
            error.initCause(FAILURE);
            throw error;
        }
    }

    /** Why the library is not there; empty where it is. */
    public static Optional<Throwable> failure() {
        return Optional.ofNullable(FAILURE);
    }

    private static @Nullable UnsatisfiedLinkError load() {
        List<Attempt> attempts = new ArrayList<>();
        String asked = System.getProperty("heliograph.library");
        if (asked != null && attempt(attempts, "-Dheliograph.library=" + asked, () -> loadFile(Path.of(asked)))) {
            return null;
        }
        if (attempt(attempts, "java.library.path", () -> System.loadLibrary("heliograph"))) {
            return null;
        }
        for (String folder : UnpackedLibrary.foldersToTry()) {
            if (attempt(attempts, "the jar's own copy in " + folder, () -> UnpackedLibrary.loadFrom(folder))) {
                return null;
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

    @FunctionalInterface
    private interface Loading {
        void load() throws Exception;
    }

    private record Attempt(String what, Throwable failure) {
        @Override
        public String toString() {
            String message = failure.getMessage();
            String why = failure instanceof UnsatisfiedLinkError || failure instanceof IllegalCallerException
                    ? String.valueOf(message)
                    : failure.getClass().getSimpleName() + (message == null ? "" : " " + message);
            return what + ": " + why.replaceAll("\\s+", " ");
        }
    }

    /** Whatever stands in the way, an error included, is an answer to "and if not, why?". */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private static boolean attempt(List<Attempt> attempts, String what, Loading loading) {
        try {
            loading.load();
            return true;
        } catch (Exception | LinkageError e) {
            attempts.add(new Attempt(what, e));
            return false;
        }
    }

    private static UnsatisfiedLinkError failure(List<Attempt> attempts) {
        StringBuilder message = new StringBuilder("heliograph's native library could not be loaded. Tried ");
        for (int i = 0; i < attempts.size(); i++) {
            message.append(i == 0 ? "" : "; ")
                    .append("(")
                    .append(i + 1)
                    .append(") ")
                    .append(attempts.get(i));
        }
        message.append(". ").append(wayOut(attempts));
        UnsatisfiedLinkError error = new UnsatisfiedLinkError(message.toString());
        attempts.forEach(attempt -> error.addSuppressed(attempt.failure()));
        return error;
    }

    private static String wayOut(List<Attempt> attempts) {
        boolean denied = attempts.stream().anyMatch(attempt -> attempt.failure() instanceof IllegalCallerException);
        return denied
                ? "Start Java with --enable-native-access=ALL-UNNAMED"
                : "Name a folder that is writable and not mounted noexec with -D" + UnpackedLibrary.FOLDER_PROPERTY
                        + "=FOLDER, or the library itself with -Dheliograph.library=PATH";
    }
}
