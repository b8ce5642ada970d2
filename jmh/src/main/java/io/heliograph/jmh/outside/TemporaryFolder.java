package io.heliograph.jmh.outside;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A folder of a measurement; it is removed with the files in it, also where the run is interrupted. */
public final class TemporaryFolder implements AutoCloseable {
    private static final String PREFIX = "heliograph-jmh-";

    private final Path path;
    private final Thread atExit;

    private TemporaryFolder(Path path) {
        this.path = path;
        this.atExit = new Thread(
                () -> {
                    try {
                        delete();
                    } catch (IOException e) {
                        System.err.println(path + " is left behind: " + e);
                    }
                },
                "remove " + path);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    public static TemporaryFolder make() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(PREFIX));
    }

    /** In memory where that can be had: of a file on a disk, the kernel holds up who writes to a page that is being saved. */
    static TemporaryFolder inMemory() throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? new TemporaryFolder(Files.createTempDirectory(memory, PREFIX)) : make();
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException isEnding) {
            return; // and so it is being removed
        }
        delete();
    }

    private void delete() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            return;
        }
        Files.deleteIfExists(path);
    }
}
