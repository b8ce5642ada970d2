package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools of the JDK meet the agent by JAVA_TOOL_OPTIONS, and run as without it. Programs that are no tools have it. */
class ToolsIT {
    private static final String PICKED_UP = "Picked up JAVA_TOOL_OPTIONS: ";
    private static final String STOPPED = "heliograph: option \"TREM=log\": TREM is no signal: did you mean TERM?";

    @TempDir
    private Path folder;

    /** A wrong option would stop an app. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java -version",
                "java --list-modules",
                "jcmd -h",
                "jps -help",
                "jstack -h",
                "keytool -help",
                "javac -version",
                "jar --version",
                "jshell --version",
            })
    void toolsAreLeftAlone(String command) {
        List<String> without = said(Map.of(), command);
        for (boolean isNative : new boolean[] {false, true}) {
            assertThat(said(environment(isNative, "TREM=log"), command)).isEqualTo(without);
        }
    }

    @Test
    void inTheLaunchersOwnVariableToo() {
        String agent = environment(false, "TREM=log").get("JAVA_TOOL_OPTIONS");
        assertThat(said(Map.of("JDK_JAVA_OPTIONS", agent), "java -version")).isEqualTo(said(Map.of(), "java -version"));
    }

    @ParameterizedTest
    @CsvSource({"false,java -version", "true,java -version", "false,javac -version", "true,javac -version"})
    void unlessItIsMeant(boolean isNative, String command) {
        for (Map<String, String> environment : List.of(
                environment(isNative, "TREM=log,tools=on"),
                with(environment(isNative, "TREM=log"), "HELIOGRAPH_OPTIONS", "wait=block,tools=on"))) {
            try (Child tool = Child.start(command(command), environment)) {
                assertThat(tool.ended()).isEqualTo("exited 64");
                assertThat(tool.err().all()).last().isEqualTo(STOPPED);
            }
        }
    }

    /** The JDK's launcher of source files is a tool that runs an app. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProgramInOneSourceFileHasTheAgent(boolean isNative) throws IOException {
        Path source =
                Files.writeString(folder.resolve("App.java"), "class App { public static void main(String[] a) {} }");
        try (Child app = Child.start(command("java " + source), environment(isNative, "TREM=log"))) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.err().all()).last().isEqualTo(STOPPED);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_18) // the tool is as old
    void theJdksWebServerHasTheAgent() {
        for (boolean isNative : new boolean[] {false, true}) {
            try (Child app = Child.start(command("jwebserver --help"), environment(isNative, "TREM=log"))) {
                assertThat(app.ended()).isEqualTo("exited 64");
                assertThat(app.err().all()).last().isEqualTo(STOPPED);
            }
        }
    }

    /** It has no handler and no thread of ours. An attach enters it all the same. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aToolThatRunsOnCanBeAttachedTo(boolean isNative) {
        Map<String, String> environment = environment(isNative, "USR1=log");
        try (Child tool = Child.start(command("jdb"), environment)) {
            tool.out().await("^Initializing jdb");
            assertThat(ProcStatus.threadNames(tool.pid())).noneMatch(name -> name.startsWith("heliograph"));
            assertThat(ProcStatus.has(ProcStatus.status(tool.pid(), "SigCgt"), 10))
                    .isFalse();
            assertThat(ProcStatus.mapped(tool.pid(), "/heliograph-")).isEmpty();
            assertThat(Attacher.attach(tool, isNative, "USR1=log+ignore")).contains("return code: 0");
            tool.err().await("^heliograph: attached: USR1=log\\+ignore$");
        }
    }

    @Test
    void aToolThatTheAppStartsIsLeftAlone() {
        String agent = environment(false, "TERM=log,USR1=log").get("JAVA_TOOL_OPTIONS");
        try (Child app = ChildJvm.jvm().environment("JAVA_TOOL_OPTIONS", agent).startReady(PlainApp.class)) {
            assertThat(ProcStatus.threadNames(app.pid())).anyMatch(name -> name.startsWith("heliograph"));
            app.tell("run " + ChildJvm.tool("javac") + " -version").out().await("^ran to status 0$");
            app.tell("exit 7");
            assertThat(app.ended()).isEqualTo("exited 7");
            assertThat(app.err().all()).hasSize(2).allMatch(line -> line.startsWith(PICKED_UP));
        }
    }

    /** Its status, standard output and standard error, without what the JVM says of the environment. */
    private static List<String> said(Map<String, String> environment, String command) {
        try (Child tool = Child.start(command(command), environment)) {
            List<String> said = new ArrayList<>(List.of(tool.ended()));
            said.addAll(tool.out().all());
            said.addAll(tool.err().all());
            said.removeIf(line -> line.contains("Picked up J"));
            return said;
        }
    }

    private static List<String> command(String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.set(0, ChildJvm.tool(words.get(0)));
        return words;
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return more;
    }

    private static Map<String, String> environment(boolean isNative, String options) {
        String agent = isNative
                ? "-agentpath:" + ChildJvm.library() + "=jar=" + ChildJvm.jar() + "," + options
                : "--enable-native-access=ALL-UNNAMED -javaagent:" + ChildJvm.jar() + "=" + options;
        return Map.of("JAVA_TOOL_OPTIONS", agent);
    }
}
