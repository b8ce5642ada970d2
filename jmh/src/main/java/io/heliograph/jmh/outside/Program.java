package io.heliograph.jmh.outside;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A program that a measurement starts: it says a line when it is ready, and ends at the end of its standard input. What it
 * says on standard error is shown. Closing it ends it by force where it has not ended.
 */
public final class Program implements AutoCloseable {
    /** Nothing that is expected to take time: one that hangs is ended by force, and its measurement fails. */
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

    /** Runs one to its end; all that it has said. */
    public static String run(List<String> command) throws IOException, InterruptedException {
        try (Program program = start(command)) {
            return program.end();
        }
    }

    /** The next line that it says. */
    public String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException(command + " has ended and not said what it should");
        }
        return line;
    }

    public long pid() {
        return process.pid();
    }

    /** Tells it to end, and waits; what it has said to the end. It fails where the program has. */
    public String end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        String said = out.lines().collect(Collectors.joining("\n"));
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(command + " has ended with status " + status + ": " + said);
        }
        return said;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
    }
}
