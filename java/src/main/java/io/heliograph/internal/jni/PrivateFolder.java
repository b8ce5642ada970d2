package io.heliograph.internal.jni;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A new folder of mode 0700, in which nobody else can put anything.
 *
 * <p>Not made by createTempDirectory, which leaves the descriptors of /dev/random and /dev/urandom open in the process.
 */
public final class PrivateFolder {
    private static final int MOST_ATTEMPTS = 100;

    private PrivateFolder() {}

    /** Makes one, whose name begins with the prefix. */
    public static Path makeIn(Path parent, String prefix) throws IOException {
        FileAttribute<?> ownersOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        for (int attempt = 1; ; attempt++) {
            // Not with the pid: to ask for it makes the JDK start its thread pool for processes (ProcessHandleImpl).
            String name = prefix + Math.abs(System.nanoTime());
            try {
                return Files.createDirectory(parent.resolve(name), ownersOnly);
            } catch (FileAlreadyExistsException guessed) {
                if (attempt == MOST_ATTEMPTS) {
                    throw guessed;
                }
            }
        }
    }
}
