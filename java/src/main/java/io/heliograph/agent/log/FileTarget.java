package io.heliograph.agent.log;

import io.heliograph.internal.text.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code log=FILE}: opens the file for each line and appends it, so that a renamed or removed file is made anew. Only
 * the user of this process can read it. A file system that hangs holds up the agent's thread.
 */
final class FileTarget implements LogTarget {
    private static final Set<OpenOption> APPEND =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    private static final FileAttribute<?> OWNERS_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** The bits of {@code unix:mode} for the kind of the file, and their value for a named pipe (inode(7)). */
    private static final int S_IFMT = 0170000;

    private static final int S_IFIFO = 0010000;

    private final String pattern;
    private @Nullable Path path;

    FileTarget(String pattern) {
        this.pattern = pattern;
    }

    @Override
    public void write(String line) throws Exception {
        try {
            append(path(), ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (FileSystemException refused) {
            throw new Failure(Failure.reason(refused)); // the caller names the file
        }
    }

    private static void append(Path file, ByteBuffer line) throws IOException, Failure {
        refuseNamedPipe(file);
        try (SeekableByteChannel channel = Files.newByteChannel(file, APPEND, OWNERS_ONLY)) {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        }
    }

    /** Opening a named pipe blocks until it has a reader (fifo(7)). */
    private static void refuseNamedPipe(Path file) throws IOException, Failure {
        try {
            int mode = (Integer) Files.getAttribute(file, "unix:mode");
            if ((mode & S_IFMT) == S_IFIFO) {
                throw new Failure("it is a named pipe, which may have no reader");
            }
        } catch (NoSuchFileException yet) {
            // It will be a regular file.
        }
    }

    /** The name has the time of the first line. */
    private Path path() {
        Path made = path;
        if (made == null) {
            made = Path.of(FilePattern.expand(pattern, Instant.now()));
            path = made;
        }
        return made;
    }
}
