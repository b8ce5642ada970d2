package io.heliograph.jmh.app;

import io.heliograph.jmh.cell.Workplace;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The agents that an app is started with. The app prints at its end whether ours is in it. */
enum Agents {
    NONE("none"),
    /** {@link EmptyAgent}. */
    EMPTY("empty-agent"),
    /** Ours without options: it observes and logs. */
    HELIOGRAPH("heliograph-agent"),
    /** Ours by its library, which needs no permission for native code from Java 24 on. */
    HELIOGRAPH_LIBRARY("heliograph-agentpath");

    private static final String DISPATCHER = "heliograph-dispatcher";

    private final String contender;

    Agents(String contender) {
        this.contender = contender;
    }

    String contender() {
        return contender;
    }

    private boolean isOurs() {
        return this == HELIOGRAPH || this == HELIOGRAPH_LIBRARY;
    }

    /** Prints the app's last line. */
    static void printPresence() {
        boolean isThere = Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(DISPATCHER));
        System.out.println(isThere ? "with heliograph" : "without heliograph");
    }

    /**
     * Verifies the app's last line, so that no figure is of another agent.
     *
     * @return what was verified
     */
    String verify(String output) {
        String expected = isOurs() ? "with heliograph" : "without heliograph";
        if (!output.endsWith(expected)) {
            throw new IllegalStateException(
                    contender + ": the app's output does not end with \"" + expected + "\": " + output);
        }
        return isOurs() ? ", with our dispatcher in it" : ", without our dispatcher";
    }

    /** The JVM's options. */
    List<String> options(Workplace workplace) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>();
        // For all agents alike, because the JVM takes time to read it.
        options.add("--enable-native-access=ALL-UNNAMED");
        switch (this) {
            case NONE -> {}
            case EMPTY -> options.add("-javaagent:" + EmptyAgent.jar(workplace.scratch()));
            case HELIOGRAPH -> options.add("-javaagent:" + workplace.jar());
            case HELIOGRAPH_LIBRARY ->
                options.add("-agentpath:" + workplace.library("heliograph") + "=jar=" + workplace.jar());
        }
        return options;
    }

    /** The command that starts the app. */
    List<String> command(Workplace workplace, Class<?> app, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(options(workplace));
        command.add(0, Workplace.jdk("java"));
        command.addAll(List.of("-cp", classes().toString(), app.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The app's own classes alone: the JVM would have to open each further jar. */
    private static Path classes() {
        try {
            return Path.of(Agents.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
