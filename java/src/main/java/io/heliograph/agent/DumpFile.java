package io.heliograph.agent;

import io.heliograph.internal.Printable;
import io.heliograph.internal.PrivateFolder;
import io.heliograph.internal.StandardError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a dump goes: a path in which {@code %p} stands for the process id, {@code %t} for the time (UTC) and {@code %%}
 * for a percent sign.
 *
 * <p>The dump is written in a private folder beside the file, and gets its name when it is whole. A file that is there is
 * never overwritten, whatever happens meanwhile: link(2) makes the name, and it refuses.
 */
record DumpFile(String pattern) {
    private static final Pattern FORM = Pattern.compile("%(.?)", Pattern.DOTALL);
    private static final String FORMS = "use %p (process id), %t (time, UTC) or %% (a percent sign)";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Writes a dump. */
    @FunctionalInterface
    interface Content {
        /** Writes it to a file that is not there yet. */
        void writeTo(Path file) throws Exception;
    }

    /**
     * A pattern that a file can be named by.
     *
     * @throws IllegalArgumentException that says what would be right, if none can
     */
    DumpFile {
        requireRight(pattern, "dump-%p-%t");
    }

    /**
     * Refuses a pattern that no file can be named by.
     *
     * @param example of a file's name
     * @throws IllegalArgumentException that says what would be right
     */
    static void requireRight(String pattern, String example) {
        try {
            if (pattern.endsWith("/") || Path.of(expand(pattern, Instant.EPOCH)).getFileName() == null) {
                throw new IllegalArgumentException(
                        pattern + " names a folder: name a file in it, " + example + " for one");
            }
        } catch (InvalidPathException noPath) {
            throw new IllegalArgumentException(pattern + " is no file name: " + noPath.getReason(), noPath);
        }
    }

    /**
     * Writes the file, private to the user of this process.
     *
     * @param suffix that the file has while it is written
     * @return where it is now
     * @throws Exception if it could not be written; then nothing is left of it
     */
    Path write(String suffix, Content content) throws Exception {
        Path target = Path.of(expand(pattern, Instant.now())).toAbsolutePath();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path aside = makeFolderBeside(target);
        try {
            Path file = aside.resolve("dump" + suffix);
            content.writeTo(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true); // some file systems say only now that they are full
            }
            place(file, target);
        } finally {
            remove(aside);
        }
        return target;
    }

    /** Loads what it needs, and touches no file. */
    static void rehearse() {
        expand("%p-%t", Instant.now());
    }

    private static Path makeFolderBeside(Path target) throws IOException {
        Path folder = target.resolveSibling("");
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(folder.toString(), null, "there is no such folder");
        }
        try {
            return PrivateFolder.makeIn(folder, ".heliograph-");
        } catch (FileSystemException refused) {
            // Of the folder that the operator knows, rather than of ours.
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

    /** For file systems that know no links: the name is taken, empty, and then given to the dump. */
    static void placeWithoutLink(Path file, Path target) throws IOException {
        Files.createFile(target);
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            Files.delete(target); // it is ours, and empty
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

    /** The name that a pattern stands for. */
    static String expand(String pattern, Instant now) {
        return FORM.matcher(pattern)
                .replaceAll(form -> Matcher.quoteReplacement(
                        switch (form.group(1)) {
                            case "p" -> Long.toString(ProcessHandle.current().pid());
                            case "t" -> TIME.format(now);
                            case "%" -> "%";
                            default ->
                                throw new IllegalArgumentException(
                                        form.group() + " means nothing in a file name: " + FORMS);
                        }));
    }
}
