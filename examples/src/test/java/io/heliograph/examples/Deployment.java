package io.heliograph.examples;

import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of {@code deploy/}, and what their commands become on this machine: the same, with paths of the test's own. */
final class Deployment {
    static final Path ROOT =
            Path.of(System.getProperty("heliograph.examples")).toAbsolutePath().getParent();

    private static final String IN_IMAGE = "/opt/app";

    private final Path folder;

    /**
     * The image's files, laid out as the Dockerfile's first stage says.
     *
     * @param folder an empty one
     */
    Deployment(Path folder) throws IOException {
        this.folder = folder;
        for (String copied : instructions("COPY")) {
            List<String> words = List.of(copied.split(" +"));
            if (!copied.startsWith("--from=")) {
                for (String source : words.subList(0, words.size() - 1)) {
                    Files.copy(
                            ROOT.resolve(source), folder.resolve(Path.of(source).getFileName()));
                }
            }
        }
        for (String run : instructions("RUN")) {
            String path = Path.of(ChildJvm.tool("jar")).getParent() + ":" + System.getenv("PATH");
            Child.run("/bin/sh", "-ec", "cd \"$0\" && PATH=$1 && " + run, folder.toString(), path);
        }
    }

    static String text(String name) throws IOException {
        return Files.readString(ROOT.resolve("deploy").resolve(name));
    }

    /** The arguments of each instruction of that name, in order. */
    static List<String> instructions(String name) throws IOException {
        String joined = text("Dockerfile").replaceAll("(?m)^ *#.*\n", "").replaceAll("\\\\\n *", "");
        return Pattern.compile("(?m)^" + name + " +(.*)$")
                .matcher(joined)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** The strings of an instruction in the array form. */
    static List<String> array(String name) throws IOException {
        List<String> found = instructions(name);
        String last = found.get(found.size() - 1);
        if (!last.matches("\\[ *\"[^\"]*\"( *, *\"[^\"]*\")* *\\]")) {
            throw new AssertionError(name + " has not the array form: " + last);
        }
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(last)
                .results()
                .map(part -> part.group(1))
                .toList();
    }

    /** The value of a setting of the systemd unit, its lines joined. */
    static String setting(String name) throws IOException {
        String joined = text("systemd/heliograph-example.service").replaceAll("\\\\\n *", "");
        List<MatchResult> found = Pattern.compile("(?m)^" + name + "=(.*)$")
                .matcher(joined)
                .results()
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(name + " stands there " + found.size() + " times");
        }
        return found.get(0).group(1);
    }

    /** Text of such a file with this machine's paths, and a port that is free. */
    String here(String text) {
        return text.replace(IN_IMAGE, folder.toString())
                .replaceAll("^(/usr/bin/)?java\\b", ChildJvm.tool("java"))
                .replaceAll("^8080$", "0")
                .replace(
                        "/dev/termination-log",
                        folder.resolve("termination-log").toString())
                .replace(
                        "/etc/heliograph-example.txt",
                        folder.resolve("greeting").toString());
    }

    Child start(List<String> command, Map<String, String> environment) {
        return Child.start(new ArrayList<>(command.stream().map(this::here).toList()), environment);
    }

    /** Seconds of an action such as {@code deadline:20s} in a command. */
    static int seconds(String action, Stream<String> command) {
        return command.flatMap(word ->
                        Pattern.compile(action + ":([0-9]+)s").matcher(word).results())
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + action + ":…s"));
    }
}
