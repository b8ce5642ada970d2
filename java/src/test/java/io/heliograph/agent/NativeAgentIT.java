package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.agent.SignalsApp;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The library itself as the agent, which needs no leave to use native code. */
class NativeAgentIT {
    private static final String TEST_CLASSES = System.getProperty("heliograph.testclasses");
    private static final String RIGHT =
            "write -agentpath:/path/libheliograph.so=jar=/path/heliograph.jar, and options behind a comma";

    @TempDir
    private Path folder;

    /** The JVM warns of nothing, under Java's default too. */
    @Test
    void logsAndSaysNothingElse() {
        try (Child app = start(strict().nativeAgent(""), "hook");
                Courier courier = Courier.send("TERM", app.pid())) {
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged("TERM"));
            assertThat(app.out().all()).containsExactly("ready", "hook ran");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24) // the option is as old
    void worksWhereNativeAccessIsDenied() {
        try (Child app = start(strict().option("--illegal-native-access=deny").nativeAgent("USR1=log+ignore"))) {
            isLogged(app, "USR1");
            assertThat(app.err().soFar()).hasSize(1);
        }
    }

    /** No abort, no core, and no app that does not start: it says what to do. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_24)
    void theJarAloneSaysWhatToDoWhereNativeAccessIsDenied() {
        ChildJvm jvm = strict().option("--illegal-native-access=deny").agent("TERM=log");
        try (Child app = jvm.start(PlainApp.class)) {
            app.out().await("^ready$");
            app.tell("exit 7");
            assertThat(app.ended()).isEqualTo("exited 7");
            assertThat(app.err().all())
                    .singleElement()
                    .asString()
                    .startsWith("heliograph: the app runs without the agent: this Java denies access to native code")
                    .contains("start it with --enable-native-access=ALL-UNNAMED, or with ")
                    .contains("-agentpath:/PATH/libheliograph.so=jar=" + ChildJvm.jar() + " ");
        }
    }

    /** What the JDK says of the jar alone, and we cannot keep it from saying. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_24)
    void theJarAloneIsWarnedOfByJava() {
        try (Child app = start(strict().agent("USR1=log+ignore"))) {
            isLogged(app, "USR1");
            List<String> said =
                    app.err().soFar().stream().filter(line -> !line.isEmpty()).toList();
            assertThat(said).hasSize(5);
            assertThat(said.subList(0, 4)).allMatch(line -> line.startsWith("WARNING: "));
        }
    }

    /** The library comes as a file, so none is unpacked; an app that uses it finds it there. */
    @Test
    void theAppUsesTheSameCopy() {
        ChildJvm jvm = ChildJvm.jvm().classPath(TEST_CLASSES).withoutNativeAccess();
        try (Child app = start(SignalsApp.class, jvm.nativeAgent("USR1=log"))) {
            app.tell("on USR1").out().await("^done on USR1$");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.out().await("^event USR1 Sent$");
                app.err().await(courier.logged("USR1"));
            }
            assertThat(ProcStatus.mapped(app.pid(), "/libheliograph.so")).containsExactly(ChildJvm.library());
            assertThat(app.err().soFar()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                        | the agent library needs to know its jar: %s",
                "=TERM=log               | the agent library needs to know its jar: %s",
                "=jar=/nowhere/a.jar     | jar=/nowhere/a.jar: No such file or directory: %s",
                "=jar=                   | jar=: No such file or directory: %s",
                "=jar=/                  | jar=/: not a file: %s",
                "=jar=/etc/passwd,TERM=log | jar=/etc/passwd: there is no Heliograph in it: name heliograph.jar",
                "=jar=JAR,TREM=log       | option \"TREM=log\": TREM is no signal: did you mean TERM?",
            })
    void whatIsWrongStopsTheStartInOneLine(String options, String message) {
        String given = options == null ? "" : options.replace("JAR", ChildJvm.jar());
        ChildJvm jvm = ChildJvm.jvm().classPath(TEST_CLASSES).option("-agentpath:" + ChildJvm.library() + given);
        try (Child app = jvm.start(PlainApp.class)) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.out().all()).isEmpty();
            assertThat(app.err().all()).containsExactly("heliograph: " + message.formatted(RIGHT));
        }
    }

    @Test
    void aLibraryOfAnotherVersionIsRefusedWithBothVersions() throws IOException {
        String bytes = Files.readString(Path.of(ChildJvm.library()), StandardCharsets.ISO_8859_1);
        String version = ChildJvm.version();
        String otherVersion = version.replaceAll("[0-9]", "9"); // as long as the real one
        String changed = bytes.replace("\0" + version + "\0", "\0" + otherVersion + "\0");
        assertThat(changed).isNotEqualTo(bytes);
        Path other = Files.writeString(folder.resolve("libheliograph.so"), changed, StandardCharsets.ISO_8859_1);
        try (Child app = ChildJvm.jvm()
                .option("-agentpath:" + other + "=jar=" + ChildJvm.jar())
                .start(PlainApp.class)) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.err().all())
                    .containsExactly("heliograph: jar=" + ChildJvm.jar() + ": the library is of version " + otherVersion
                            + ", the jar of version " + version + ": take both from one build");
        }
    }

    /** A backslash takes the meaning from the character behind it, as in the options. */
    @Test
    void aPathMayHoldCommasAndBackslashes() throws IOException {
        Path jar = folder.resolve("a,b\\c,.jar");
        Files.copy(Path.of(ChildJvm.jar()), jar);
        String written = jar.toString().replace("\\", "\\\\").replace(",", "\\,");
        ChildJvm jvm = ChildJvm.jvm()
                .classPath(TEST_CLASSES)
                .option("-agentpath:" + ChildJvm.library() + "=jar=" + written + ",USR1=log+ignore");
        try (Child app = start(jvm)) {
            isLogged(app, "USR1");
        }
    }

    /** The later one on the command line replaces what the earlier one did. */
    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true"})
    void ofTwoAgentsTheLaterHolds(boolean firstIsNative, boolean secondIsNative) {
        ChildJvm jvm = ChildJvm.jvm().classPath(TEST_CLASSES);
        jvm.option(agent(firstIsNative, "USR1=log"), agent(secondIsNative, "USR2=log"));
        try (Child app = start(jvm)) {
            isLogged(app, "USR2");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                assertThat(courier.pid()).isPositive();
                assertThat(app.ended()).isEqualTo("signaled 10");
                assertThat(app.err().all())
                        .hasSize(2)
                        .startsWith("heliograph: started: USR2=log, in place of USR1=log");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true"})
    void attachedItReplacesWhatAnEarlierOneDid(boolean firstIsNative, boolean secondIsNative) {
        try (Child app = start(attachable())) {
            assertThat(Attacher.attach(app, firstIsNative, "USR1=log")).contains("return code: 0");
            assertThat(Attacher.attach(app, secondIsNative, "USR2=log")).contains("return code: 0");
            isLogged(app, "USR2");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                assertThat(courier.pid()).isPositive();
                assertThat(app.ended()).isEqualTo("signaled 10");
                assertThat(app.err().all())
                        .hasSize(3)
                        .startsWith(
                                "heliograph: attached: USR1=log",
                                "heliograph: attached: USR2=log, in place of USR1=log");
            }
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24)
    void attachesWhereNativeAccessIsDenied() {
        try (Child app = start(attachable().withoutNativeAccess().option("--illegal-native-access=deny"))) {
            assertThat(Attacher.attach(app, "USR2=log")).doesNotContain("return code: 0");
            app.err().await("^heliograph: this Java denies access to native code .*-agentpath:");
            livesOn(app);
            assertThat(Attacher.attachNatively(app, "USR2=log")).contains("return code: 0");
            isLogged(app, "USR2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USR1=log                  | the agent library needs to know its jar: %s",
                "jar=/nowhere/a.jar        | jar=/nowhere/a.jar: No such file or directory: %s",
                "jar=/etc/passwd,TERM=log  | jar=/etc/passwd: the system class loader does not take it: name heliograph.jar",
                "jar=JAR,TREM=log          | option \"TREM=log\": TREM is no signal: did you mean TERM?",
            })
    void wrongOptionsAreReportedAndTheAppGoesOn(String options, String message) {
        try (Child app = start(attachable())) {
            assertThat(Attacher.attach(app, "USR2=log")).contains("return code: 0");
            List<String> answer = Attacher.load(app, ChildJvm.library(), options.replace("JAR", ChildJvm.jar()));
            assertThat(answer).contains("return code: 64");
            livesOn(app);
            isLogged(app, "USR2");
            assertThat(app.err().soFar())
                    .hasSize(3)
                    .startsWith("heliograph: attached: USR2=log", "heliograph: " + message.formatted(RIGHT));
        }
    }

    private static String agent(boolean isNative, String options) {
        return isNative
                ? "-agentpath:" + ChildJvm.library() + "=jar=" + ChildJvm.jar() + "," + options
                : "-javaagent:" + ChildJvm.jar() + "=" + options;
    }

    /** As a user starts it who has read nothing. */
    private static ChildJvm strict() {
        return ChildJvm.jvm().classPath(TEST_CLASSES).withoutNativeAccess();
    }

    private static ChildJvm attachable() {
        return ChildJvm.jvm().classPath(TEST_CLASSES).option("-XX:+EnableDynamicAgentLoading");
    }

    private static Child start(ChildJvm jvm, String... arguments) {
        return jvm.startReady(PlainApp.class, arguments);
    }

    private static Child start(Class<?> main, ChildJvm jvm) {
        return jvm.startReady(main);
    }

    private static void isLogged(Child app, String signal) {
        try (Courier courier = Courier.send(signal, app.pid())) {
            app.err().await(courier.logged(signal));
        }
    }

    private static void livesOn(Child app) {
        app.tell("are you there?").out().await("^heard are you there\\?$");
    }
}
