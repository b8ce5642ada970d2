package io.heliograph.internal;

import io.heliograph.SenderIdentity;
import io.heliograph.internal.seam.Native;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what {@code /proc} says of a process, see proc(5). */
public final class ProcFiles {
    /** Of a command line, which a process may make as long as it likes. */
    private static final int MOST_BYTES = 4096;

    private ProcFiles() {}

    public static SenderIdentity identityOf(int pid) {
        Path folder = Path.of("/proc", Integer.toString(pid));
        Optional<String> command = commandOf(pid);
        List<String> arguments =
                text(folder.resolve("cmdline")).map(ProcFiles::split).orElse(List.of());
        return new SenderIdentity(
                !Native.processExists(pid),
                command,
                arguments,
                link(folder.resolve("exe")),
                text(folder.resolve("cgroup")).map(String::stripTrailing));
    }

    /** The name of the process's main thread, which is all that costs little to read. */
    public static Optional<String> commandOf(int pid) {
        return text(Path.of("/proc", Integer.toString(pid), "comm")).map(String::stripTrailing);
    }

    /** A NUL ends each argument. */
    private static List<String> split(String commandLine) {
        return commandLine.isEmpty()
                ? List.of()
                : List.of(commandLine.replaceFirst("\0$", "").split("\0", -1));
    }

    private static Optional<String> text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
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
