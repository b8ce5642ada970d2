package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.Eventually;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the lines of events go, in which form, and how many. */
class LogIT {
    private static final Pattern ARRIVED = Pattern.compile("arrived (\\S+)$");

    private static final Pattern NOT_SHOWN = Pattern.compile(" ([0-9]+) more times within 1 s, not shown, last ");

    @TempDir
    private Path folder;

    @Test
    void json() throws IOException {
        try (Child app = plain("format=json,TERM=log");
                Courier courier = Courier.send("TERM", app.pid())) {
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).hasSize(1);
            JsonNode line = new ObjectMapper().readTree(app.err().all().get(0));
            assertThat(Instant.parse(line.get("time").asText())).isBefore(Instant.now());
            assertThat(line.get("signal").asText()).isEqualTo("TERM");
            assertThat(line.get("number").asInt()).isEqualTo(15);
            assertThat(line.get("origin").asText()).isEqualTo("other-process");
            assertThat(line.get("pid").asLong()).isEqualTo(courier.pid());
            assertThat(line.get("uid").asLong()).isEqualTo(ProcStatus.ownUid());
            assertThat(line.get("command").asText()).isEqualTo("courier");
            assertThat(line.get("arguments"))
                    .extracting(JsonNode::asText)
                    .startsWith("/bin/sh")
                    .endsWith("TERM", "" + app.pid());
        }
    }

    @Test
    void withoutArguments() {
        try (Child app = plain("arguments=off,TERM=log");
                Courier courier = Courier.send("TERM", app.pid())) {
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .singleElement()
                    .asString()
                    .startsWith("heliograph: TERM from pid " + courier.pid() + ",")
                    .contains(", command \"courier\"")
                    .doesNotContain("/bin/sh");
        }
    }

    /** As logrotate does by default: the file is renamed, and the app knows nothing of it. */
    @Test
    void aFileThatIsRotated() throws IOException {
        ChildJvm jvm = ChildJvm.jvm().after("sh", "-c", "umask 0; exec \"$0\" \"$@\"");
        try (Child app =
                jvm.agent("log=" + folder + "/signals.log,USR1=log+ignore").startReady(PlainApp.class)) {
            Path file = folder.resolve("signals.log");
            assertThat(file).doesNotExist();
            String first = logged(app, file);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Path rotated = Files.move(file, folder.resolve("signals.log.1"));
            String second = logged(app, file);
            assertThat(rotated).content().containsPattern(first).hasLineCount(1);
            assertThat(file).content().containsPattern(second).hasLineCount(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(app.err().soFar()).isEmpty();
        }
    }

    @Test
    void aFileThatCannotBeWritten() throws IOException {
        Path file = folder.resolve("absent").resolve("signals.log");
        try (Child app = plain("log=" + file + ",USR1=log+ignore")) {
            for (int time = 0; time < 2; time++) {
                try (Courier courier = Courier.send("USR1", app.pid())) {
                    app.err().await(courier.logged("USR1"));
                }
            }
            assertThat(app.err().soFar())
                    .hasSize(3)
                    .first()
                    .isEqualTo("heliograph: log=" + file + ": No such file or directory; until it works, the lines are "
                            + "on standard error");
            Files.createDirectory(file.getParent());
            logged(app, file);
            assertThat(app.err().soFar()).hasSize(3);
        }
    }

    /** With options that replace others, a new file or form holds for the next line. */
    @Test
    void otherSettingsReplaceTheEarlierOnes() throws IOException {
        try (Child app = LoggerIT.logging(folder, "log=logger,USR1=log+ignore")) {
            Path file = folder.resolve("signals.log");
            assertThat(Attacher.attach(app, "USR1=log+ignore,log=" + file)).contains("return code: 0");
            app.err()
                    .await("^heliograph: attached: USR1=log\\+ignore, log=" + file
                            + ", in place of USR1=log\\+ignore, log=logger$");
            logged(app, file);
            assertThat(app.out().soFar()).noneMatch(line -> line.startsWith("io.heliograph "));
            Eventually.until(
                    "the logger's thread ends",
                    () -> !ProcStatus.threadNames(app.pid()).contains("heliograph-logg"));
        }
    }

    /** Nothing comes behind them, and still they are all told of. */
    @Test
    void aHundredAtOnceHaveElevenLines() {
        try (Child app = plain("RTMIN+3=log+ignore")) {
            Child.run("sh", "-c", "kill -s STOP " + app.pid());
            ProcStatus.awaitStopped(app.pid());
            Child.run(Child.helper("send_burst"), "" + app.pid(), "100", "queue:RTMIN+3");
            Child.run("sh", "-c", "kill -s CONT " + app.pid());
            Eventually.until("the lines account for all 100", () -> shown(app) + notShown(app) == 100);
            List<String> lines = app.err().soFar();
            assertThat(lines).allMatch(line -> line.startsWith("heliograph: RTMIN+3 "));
            long seconds = Duration.between(arrival(lines.get(0)), arrival(lines.get(lines.size() - 1)))
                    .toSeconds();
            assertThat((long) lines.size()).isLessThanOrEqualTo(11 * (1 + seconds));
        }
    }

    private static Instant arrival(String line) {
        Matcher arrived = ARRIVED.matcher(line);
        assertThat(arrived.find()).as(line).isTrue();
        return Instant.parse(arrived.group(1));
    }

    private static long shown(Child app) {
        return app.err().soFar().stream()
                .filter(line -> line.startsWith("heliograph: RTMIN+3 from pid "))
                .count();
    }

    private static long notShown(Child app) {
        return app.err().soFar().stream()
                .map(NOT_SHOWN::matcher)
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    /** Sends a signal, and waits until the file tells of it; the line as a regular expression. */
    private static String logged(Child app, Path file) {
        try (Courier courier = Courier.send("USR1", app.pid())) {
            Pattern line = Pattern.compile(courier.logged("USR1"), Pattern.MULTILINE);
            Eventually.until(
                    "the line in " + file, () -> line.matcher(content(file)).find());
            return courier.logged("USR1");
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notYet) {
            return "";
        }
    }

    private static Child plain(String options) {
        return ChildJvm.jvm().agent(options).startReady(PlainApp.class);
    }
}
