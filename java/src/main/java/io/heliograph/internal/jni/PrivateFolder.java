package io.heliograph.internal.jni;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A new folder of mode 0700, which no other user can write to.
 *
 * <p>createTempDirectory would leave /dev/random and /dev/urandom open in the process.
 */
public final class PrivateFolder {
    private static final int MOST_ATTEMPTS = 100;

    private PrivateFolder() {}

    /** Makes a folder whose name begins with the prefix. */
    public static Path makeIn(Path parent, String prefix) throws IOException {
        for (int attempt = 1; ; attempt++) {
            // The JDK's pid would start its thread pool for processes (ProcessHandleImpl).
            String name = prefix + Math.abs(System.nanoTime());
            try {
                return make(parent.resolve(name));
            } catch (FileAlreadyExistsException guessed) {
                if (attempt == MOST_ATTEMPTS) {
                    throw guessed;
                }
            }
        }
    }

    /** Makes this folder. */
    static Path make(Path folder) throws IOException {
        FileAttribute<?> ownersOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        return Files.createDirectory(folder, ownersOnly);
    }
}
