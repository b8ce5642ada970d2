package io.heliograph.jmh.cell;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A program that a measurement starts. It prints a line when it is ready, and ends at the end of its standard input. Its
 * standard error is ours. {@link #close} kills it.
 */
public final class Program implements AutoCloseable {
    /** A program that hangs is killed after this time, and its measurement fails. */
    private static final long MOST_SECONDS = 600;

    private final List<String> command;
    private final Process process;
    private final BufferedReader out;

    private Program(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        this.out = process.inputReader();
        process.onExit().orTimeout(MOST_SECONDS, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
    }

    public static Program start(List<String> command) throws IOException {
        return new Program(
                command,
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    /** Runs a program to its end, and returns its output. */
    public static String run(List<String> command) throws IOException, InterruptedException {
        try (Program program = start(command)) {
            return program.end();
        }
    }

    /** The next line of its output. */
    public String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException(command + " has ended without the expected output");
        }
        return line;
    }

    public long pid() {
        return process.pid();
    }

    /** Closes its standard input, waits for its end, and returns the rest of its output. */
    public String end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        String output = out.lines().collect(Collectors.joining("\n"));
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(command + " has ended with status " + status + ": " + output);
        }
        return output;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
    }
}
