package io.heliograph.internal.proc;

import io.heliograph.internal.jni.Lineage;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads files of {@code /proc}, see proc(5). */
public final class ProcFiles {
    /** A command line may have megabytes. */
    private static final int MOST_BYTES = 4096;

    private ProcFiles() {}

    /** The name of the process's main thread. */
    static Optional<String> commandOf(int pid) {
        return stripped(text(file(pid, "comm")));
    }

    /** Arguments, and whether there are more. */
    record CommandLine(List<String> arguments, boolean isCut) {
        static final CommandLine NONE = new CommandLine(List.of(), false);
    }

    static CommandLine commandLineOf(int pid) {
        byte[] bytes = bytes(file(pid, "cmdline"));
        return bytes == null
                ? CommandLine.NONE
                : new CommandLine(Lineage.split(new String(bytes, StandardCharsets.UTF_8)), bytes.length == MOST_BYTES);
    }

    static Optional<String> cgroupOf(int pid) {
        return stripped(text(file(pid, "cgroup")));
    }

    static Optional<String> executableOf(int pid) {
        return link(file(pid, "exe"));
    }

    /** The first 4096 bytes of a file; empty if there is no such file. */
    public static Optional<String> text(Path file) {
        byte[] bytes = bytes(file);
        return bytes == null ? Optional.empty() : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    /** What a symbolic link names; empty if there is no such link. */
    static Optional<String> link(Path file) {
        try {
            return Optional.of(Files.readSymbolicLink(file).toString());
        } catch (IOException | RuntimeException noLink) {
            return Optional.empty();
        }
    }

    private static Path file(int pid, String name) {
        return Path.of("/proc", Integer.toString(pid), name);
    }

    /** A name may end with any character but the newline that the kernel adds. */
    private static Optional<String> stripped(Optional<String> text) {
        return text.map(lines -> lines.replaceFirst("\n$", ""));
    }

    private static byte @Nullable [] bytes(Path file) {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            return null;
        }
    }
}
