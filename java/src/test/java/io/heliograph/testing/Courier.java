package io.heliograph.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A process of the command "courier" that signals another, and stays until it is closed so that it can be looked at. */
public final class Courier implements AutoCloseable {
    private static final String SCRIPT = """
            #!/bin/sh
            kill -s "$1" "$2" || exit 1
            echo sent
            read -r _
            """;

    private final Child child;
    private final Path folder;
    private final String commandLine;

    private Courier(Child child, Path folder, String commandLine) {
        this.child = child;
        this.folder = folder;
        this.commandLine = commandLine;
    }

    /**
     * Sends the signal. When it returns, {@code kill(2)} has.
     *
     * @param signal a name, or a number, as kill(1) takes them
     * @param before a command that stands before: {@code setpriv --reuid 1234}
     */
    public static Courier send(String signal, long pid, String... before) {
        try {
            Path folder = Files.createTempDirectory("heliograph-test");
            Path script = folder.resolve("courier");
            // By cp, whose descriptor no other process has. One that starts while this one writes would inherit ours,
            // and
            // the kernel runs no file that is open for writing (ETXTBSY of execve(2)).
            Path text = folder.resolve("text");
            Files.writeString(text, SCRIPT);
            Child.run("cp", text.toString(), script.toString());
            Files.delete(text);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            List<String> command = new ArrayList<>(List.of(before));
            command.addAll(List.of(script.toString(), signal, Long.toString(pid)));
            Child child = Child.start(command, Map.of());
            Courier courier = new Courier(child, folder, "/bin/sh " + script + " " + signal + " " + pid);
            child.out().await("^sent$");
            return courier;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return child.pid();
    }

    /**
     * The agent's whole line of this signal, as a regular expression. It does not matter what the line says of the processes above
     * the courier.
     */
    public String logged(String signal) {
        return logged(signal, ProcStatus.ownUid());
    }

    /** The same, of a courier that is another user. */
    public String logged(String signal, int uid) {
        return "^heliograph: " + Pattern.quote(signal) + " from pid " + pid() + ", uid " + uid
                + "( \\([^)]*\\))?, command \"courier\", command line " + Pattern.quote(commandLine)
                + "(, as found later)?(, cgroup \"[^\"]*\")?(, parent pid .*)?"
                + ", arrived \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z$";
    }

    @Override
    public void close() {
        child.close();
        try {
            Files.deleteIfExists(folder.resolve("courier"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
