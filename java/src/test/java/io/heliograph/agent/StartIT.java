package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the app's main waits for. */
class StartIT {
    /** The first use of each takes a JVM 5 to 15 ms. */
    private static final Pattern SLOW = Pattern.compile(
            ".*\\$\\$Lambda.*|java\\.lang\\.invoke\\.(LambdaMetafactory|StringConcatFactory)|java\\.util\\.regex\\.Pattern"
                    + "|java\\.util\\.stream\\.Stream|jdk\\.internal\\.reflect\\..*Accessor.*");

    /** A line of -Xlog:class+load with the thread's id alone: "[ID] CLASS source: …". */
    private static final Pattern LOADED = Pattern.compile("^\\[ *([0-9]+)\\] (\\S+) source: ");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | ''",
                "true | ''",
                "false | TERM=log+deadline:20s,USR1=thread-dump",
                "true | TERM=log+deadline:20s,USR1=thread-dump",
                "false | TERM=delay:3s+shutdown:20s,wait=block,slice=on,death=signal,systemd=off,required=on",
                "true | TERM=delay:3s+shutdown:20s,wait=block,slice=on,death=signal,systemd=off,required=on"
            })
    void nothingSlowBeforeMain(boolean isNative, String options) throws IOException {
        Path log = folder.resolve("classes.txt");
        ChildJvm jvm = ChildJvm.jvm().option("-Xlog:class+load:file=" + log + ":tid");
        try (Child app = jvm.agent(isNative, options).startReady(PlainApp.class)) {
            app.tell("exit 7");
            assertThat(app.ended()).isEqualTo("exited 7");
        }
        assertThat(loadedBeforeMain(Files.readAllLines(log)))
                .contains("io.heliograph.internal.dispatch.SignalRuntime")
                .noneMatch(name -> SLOW.matcher(name).matches());
    }

    /**
     * The classes that the thread of the app's main loads between the agent's start and the app's own. The JDK loads some of
     * the slow ones before it calls premain. The rows of the native agent, where it does not, tell of our use.
     */
    private static List<String> loadedBeforeMain(List<String> lines) {
        List<MatchResult> loaded =
                lines.stream().flatMap(line -> LOADED.matcher(line).results()).toList();
        String mainThread = loaded.get(0).group(1);
        return loaded.stream()
                .filter(one -> one.group(1).equals(mainThread))
                .map(one -> one.group(2))
                .dropWhile(name -> !name.equals(AgentStart.class.getName()))
                .takeWhile(name -> !name.equals(PlainApp.class.getName()))
                .toList();
    }
}
