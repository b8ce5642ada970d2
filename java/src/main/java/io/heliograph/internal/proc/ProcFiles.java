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

/** Reads what {@code /proc} says of a process now, see proc(5). */
final class ProcFiles {
    /** Of a command line, which a process may make as long as it likes. */
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
        try {
            return Optional.of(Files.readSymbolicLink(file(pid, "exe")).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(Path file) {
        byte[] bytes = bytes(file);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static Path file(int pid, String name) {
        return Path.of("/proc", Integer.toString(pid), name);
    }

    /** A name may end with any character but the newline that the kernel adds. */
    private static Optional<String> stripped(@Nullable String text) {
        return text == null ? Optional.empty() : Optional.of(text.replaceFirst("\n$", ""));
    }

    /** By the stream that takes the fewest classes: the agent reads a first file before main. */
    private static byte @Nullable [] bytes(Path file) {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            return null;
        }
    }
}
