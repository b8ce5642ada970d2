package io.heliograph.testing;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that a test has started, and that ends with it. */
public final class Child implements AutoCloseable {
    private static final long MOST_SECONDS = 180;

    private final Process process;
    private final Lines out;
    private final Lines err;
    private final Writer in;
    private final Path report;

    private Child(Process process, Path report) {
        this.process = process;
        this.report = report;
        out = new Lines("standard output", process.getInputStream());
        err = new Lines("standard error", process.getErrorStream());
        in = new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8));
    }

    /** Starts a command. {@code how_ended} stands between, so that death by a signal can be told from a status. */
    public static Child start(List<String> command, Map<String, String> environment) {
        return start("how_ended", command, environment);
    }

    /**
     * Starts a command in the foreground of a terminal of its own, where {@link #ctrlC()} is the kernel's. Its standard
     * input and output are the terminal, its standard error is not. {@link #ended()} waits for all that it has started, too.
     */
    public static Child startOnTerminal(List<String> command, Map<String, String> environment) {
        return start("pty_run", command, environment);
    }

    private static Child start(String between, List<String> command, Map<String, String> environment) {
        try {
            Path report = Files.createTempFile("heliograph-test", ".ended");
            List<String> all = new ArrayList<>(List.of(helper(between), report.toString()));
            all.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(all);
            builder.environment().putAll(environment);
            return new Child(builder.start(), report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Child start(String... command) {
        return start(List.of(command), Map.of());
    }

    /** Runs a command to its end, which is to be status 0, and tells the id that its process had. */
    public static long run(String... command) {
        try (Child child = start(command)) {
            long pid = child.pid();
            if (!child.ended().equals("exited 0")) {
                throw new AssertionError(child.ended() + ": " + String.join(" ", command) + "\n"
                        + child.err().all());
            }
            return pid;
        }
    }

    /** A program of native/test, built beside the library. */
    public static String helper(String name) {
        return System.getProperty("heliograph.native") + File.separator + "bin" + File.separator + name;
    }

    public Lines out() {
        return out;
    }

    public Lines err() {
        return err;
    }

    /** Writes a line to its standard input. */
    public Child tell(String line) {
        return type(line + "\n");
    }

    /** Writes characters to its standard input. */
    public Child type(String characters) {
        try {
            in.write(characters);
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Types Ctrl-C at its terminal: the kernel makes an INT of it for the whole foreground process group (termios(3)). */
    public Child ctrlC() {
        return type("\u0003");
    }

    /**
     * What the command has started and left running, on a terminal: a line for each, with its pid, state and command. To be
     * called when it has ended.
     */
    public String left() {
        try {
            return Files.readString(Path.of(report + ".left")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of the command's own process. */
    public long pid() {
        try {
            Path pidFile = Path.of(report + ".pid");
            while (!Files.exists(pidFile)) {
                if (!process.isAlive() && !Files.exists(pidFile)) {
                    throw new AssertionError("ended before it was started: " + err.all());
                }
                Thread.onSpinWait();
            }
            return Long.parseLong(Files.readString(pidFile).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends the command's process the signal again and again until it has ended: what follows within half a second of a
     * request is a repeat.
     */
    public void killUntilEnded(String signal) {
        run("sh", "-c", "while kill -s \"$1\" \"$2\" 2>/dev/null; do sleep 0.05; done", "sh", signal, "" + pid());
    }

    /** Waits for the end: {@code "exited 143"} or {@code "signaled 15"}. */
    public String ended() {
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still runs. Standard output so far:\n" + String.join("\n", out.soFar())
                        + "\nStandard error so far:\n" + String.join("\n", err.soFar()));
            }
            return Files.readString(report).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Ends the process and its descendants, if they still run. */
    @Override
    public void close() {
        List<ProcessHandle> descendants = process.descendants().toList();
        descendants.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(report);
            Files.deleteIfExists(Path.of(report + ".pid"));
            Files.deleteIfExists(Path.of(report + ".left"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
