package io.heliograph.agent.action;

import io.heliograph.agent.log.FilePattern;
import io.heliograph.internal.jni.PrivateFolder;
import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Where a dump goes: a {@link FilePattern}.
 *
 * <p>The dump grows in a private folder beside the file, and gets its name when it is whole. An existing file is never
 * overwritten: link(2) makes the name, and fails if it exists.
 */
public record DumpFile(String pattern) {
    /** Writes a dump. */
    @FunctionalInterface
    interface Content {
        /** Writes it to a file that is not there yet. */
        void writeTo(Path file) throws Exception;
    }

    /**
     * A pattern that can name a file.
     *
     * @throws IllegalArgumentException that says what would be right
     */
    public DumpFile {
        FilePattern.requireRight(pattern, "dump-%p-%t");
    }

    /**
     * Writes the file, private to the user of this process.
     *
     * @param suffix the suffix of the file while it is written
     * @return where it is now
     * @throws Exception if it cannot be written; then nothing is left of it
     */
    Path write(String suffix, Content content) throws Exception {
        Path target = Path.of(FilePattern.expand(pattern, Instant.now())).toAbsolutePath();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path aside = makeFolderBeside(target);
        try {
            Path file = aside.resolve("dump" + suffix);
            content.writeTo(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true); // some file systems report only now that they are full
            }
            place(file, target);
        } finally {
            remove(aside);
        }
        return target;
    }

    /** Loads what it needs, and touches no file. */
    static void rehearse() {
        FilePattern.expand("%p-%t", Instant.now());
    }

    private static Path makeFolderBeside(Path target) throws IOException {
        Path folder = target.resolveSibling("");
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(folder.toString(), null, "there is no such folder");
        }
        try {
            return PrivateFolder.makeIn(folder, ".heliograph-");
        } catch (FileSystemException refused) {
            // Names the operator's folder instead of our private one.
            throw new FileSystemException(folder.toString(), null, Failure.reason(refused));
        }
    }

    private static void place(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException there) {
            throw there;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            placeWithoutLink(file, target);
        }
    }

    /** For file systems without links: an empty file takes the name, and the dump replaces it. */
    static void placeWithoutLink(Path file, Path target) throws IOException {
        Files.createFile(target);
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            Files.delete(target); // our own empty file
            throw failure;
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException stays) {
            StandardError.println(Printable.escape("could not remove " + folder + ": " + Failure.line(stays)));
        }
    }
}
