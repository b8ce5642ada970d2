package io.heliograph.internal;

import io.heliograph.SenderIdentity;
import io.heliograph.internal.seam.Native;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@code /proc} says of a process, see proc(5). */
public final class ProcFiles {
    /** Of a command line, which a process may make as long as it likes. */
    private static final int MOST_BYTES = 4096;

    private ProcFiles() {}

    public static SenderIdentity identityOf(int pid) {
        Path folder = Path.of("/proc", Integer.toString(pid));
        Optional<String> command = commandOf(pid);
        String commandLine = text(folder.resolve("cmdline"));
        return new SenderIdentity(
                SenderIdentity.Look.LATER,
                !Native.processExists(pid),
                command,
                commandLine == null ? List.of() : split(commandLine),
                link(folder.resolve("exe")),
                stripped(text(folder.resolve("cgroup"))),
                Optional.empty());
    }

    /** The name of the process's main thread, which is all that costs little to read. */
    public static Optional<String> commandOf(int pid) {
        return stripped(text(Path.of("/proc", Integer.toString(pid), "comm")));
    }

    /** A NUL ends each argument. */
    private static List<String> split(String commandLine) {
        return commandLine.isEmpty()
                ? List.of()
                : List.of(commandLine.replaceFirst("\0$", "").split("\0", -1));
    }

    private static Optional<String> stripped(@Nullable String text) {
        return text == null ? Optional.empty() : Optional.of(text.stripTrailing());
    }

    /** By the stream that takes the fewest classes: the agent reads a first file before main. */
    private static @Nullable String text(Path file) {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }

    private static Optional<String> link(Path file) {
        try {
            return Optional.of(Files.readSymbolicLink(file).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
