package io.heliograph.jmh.idle;

import io.heliograph.jmh.run.Workplace;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an app is started with, and what it says of it at its end, so that no figure is of something else. */
enum Agents {
    NONE("none"),
    /** {@link EmptyAgent}. */
    EMPTY("empty-agent"),
    /** Ours, without options: it observes and logs. */
    HELIOGRAPH("heliograph-agent"),
    /** The same by its library, which needs no leave from Java 24 on. */
    HELIOGRAPH_LIBRARY("heliograph-agentpath");

    /** A file in the folder that {@link #command} is given. */
    static final String EMPTY_JAR = "empty-agent.jar";

    private static final String DISPATCHER = "heliograph-dispatcher";

    private final String contender;

    Agents(String contender) {
        this.contender = contender;
    }

    /** As in the report. */
    String contender() {
        return contender;
    }

    boolean isOurs() {
        return this == HELIOGRAPH || this == HELIOGRAPH_LIBRARY;
    }

    /** The app's last line: whether our agent is in it. */
    static void say() {
        boolean isThere = Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(DISPATCHER));
        System.out.println(isThere ? "with heliograph" : "without heliograph");
    }

    /** That it said the right one. */
    void verify(String said) {
        String right = isOurs() ? "with heliograph" : "without heliograph";
        if (!said.endsWith(right)) {
            throw new IllegalStateException(
                    contender + ": the app was to say \"" + right + "\" at its end, and said \"" + said + "\"");
        }
    }

    /**
     * How the app is started.
     *
     * @param folder for the empty agent, which is put there
     */
    List<String> command(Workplace workplace, Path folder, Class<?> app, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(workplace.java().toString());
        // For all of them: the JVM takes time to read it.
        command.add("--enable-native-access=ALL-UNNAMED");
        switch (this) {
            case NONE -> {}
            case EMPTY -> command.add("-javaagent:" + EmptyAgent.jar(folder.resolve(EMPTY_JAR)));
            case HELIOGRAPH -> command.add("-javaagent:" + workplace.jar());
            case HELIOGRAPH_LIBRARY ->
                command.add("-agentpath:" + workplace.home().resolve("java/target/native/libheliograph.so") + "=jar="
                        + workplace.jar());
        }
        command.addAll(List.of("-cp", classes().toString(), app.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Where the app's own classes are, and no more: each jar on the class path would have to be opened. */
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
