package io.heliograph.agent.log;

import static io.heliograph.agent.log.LoggedSenders.UID;
import static io.heliograph.agent.log.LoggedSenders.ancestor;
import static io.heliograph.agent.log.LoggedSenders.ended;
import static io.heliograph.agent.log.LoggedSenders.gone;
import static io.heliograph.agent.log.LoggedSenders.identity;
import static io.heliograph.agent.log.LoggedSenders.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Sender;
import io.heliograph.SenderIdentity;
import io.heliograph.SenderIdentity.Look;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.proc.ThisProcess;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.120Z");
    private static final String ARRIVED = ", arrived 2026-01-01T00:00:00.120000Z";
    private static final String FROM = "heliograph: USR2 from pid 4242, uid 4000000000";

    private final LogFormat text = new TextFormat(true, Shortening.MOST_CHARACTERS);

    @Test
    void namesTheSenderAndItsAncestors() {
        Sender kill = LoggedSenders.of(
                identity("kill", "/bin/kill", "-USR2", "4000"),
                ancestor(4100, "deploy.sh", "/bin/bash", "./deploy.sh", "4000"),
                ended(3900));
        assertThat(line(kill))
                .isEqualTo(FROM + ", command \"kill\", command line /bin/kill -USR2 4000"
                        + ", parent pid 4100, uid 0 (root), command \"deploy.sh\""
                        + ", command line /bin/bash ./deploy.sh 4000"
                        + ", parent pid 3900 has ended" + ARRIVED);
    }

    @Test
    void saysThatACommandLineWasReadInPart() {
        assertThat(line(LoggedSenders.of(LoggedSenders.cut("kill", "/bin/kill", "-US"))))
                .isEqualTo(FROM + ", command \"kill\", command line /bin/kill -US (cut)" + ARRIVED);
    }

    @Test
    void namesTheUser() {
        Sender root = LoggedSenders.of(1, 0, false, identity("systemd"));
        assertThat(line(root)).isEqualTo("heliograph: USR2 from pid 1, uid 0 (root), command \"systemd\"" + ARRIVED);
    }

    @Test
    void leavesCommandLinesOut() {
        Sender kill =
                LoggedSenders.of(identity("kill", "kill", "--password=x"), ancestor(4100, "sh", "sh", "--password=y"));
        assertThat(new TextFormat(false, Shortening.MOST_CHARACTERS).event(sent(Signal.USR2, kill), TIME))
                .isEqualTo(FROM + ", command \"kill\", parent pid 4100, uid 0 (root), command \"sh\"" + ARRIVED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "/usr/bin/kubelet|/usr/bin/kubelet",
                "--config=a:b~c^d%e@f+g_h|--config=a:b~c^d%e@f+g_h",
                "a b|\"a b\"",
                "a,b|\"a,b\"",
                "$(x)|\"$(x)\"",
                "'|\"'\"",
                "\"\\|\"\\\"\\\\\"",
                "é|\"\\xe9\"",
                "\u202e|\"\\u202e\"",
                "x\u001b[31m|\"x\\x1b[31m\"",
                "\ud83d|\"\\ud83d\"",
                ", arrived never|\", arrived never\"",
            })
    void quotesAnArgumentThatCouldHarm(String argument, String shown) {
        assertThat(line(LoggedSenders.of(identity("x", "x", argument))))
                .isEqualTo(FROM + ", command \"x\", command line x " + shown + ARRIVED);
    }

    @Test
    void showsEmptyArgumentsAndLineEnds() {
        assertThat(line(LoggedSenders.of(identity("a)\n(\"", "", "\n", "\r\n\t\0\177"))))
                .isEqualTo(
                        FROM + ", command \"a)\\x0a(\\\"\", command line \"\" \"\\x0a\" \"\\x0d\\x0a\\x09\\x00\\x7f\""
                                + ARRIVED);
    }

    @Test
    void saysHowFarTheSenderIsKnown() {
        assertThat(line(LoggedSenders.of(gone(null)))).isEqualTo(FROM + ", gone" + ARRIVED);
        assertThat(line(LoggedSenders.of(gone("kill"))))
                .isEqualTo(FROM + ", command \"kill\", as found later" + ARRIVED);
        assertThat(line(LoggedSenders.of(SenderIdentity.NONE))).isEqualTo(FROM + ARRIVED);
        assertThat(line(LoggedSenders.of(identity(Look.LATER, "sh", List.of("sh", "-c"), null, null))))
                .isEqualTo(FROM + ", command \"sh\", command line sh -c, as found later" + ARRIVED);
        assertThat(line(LoggedSenders.of(identity(Look.ON_ARRIVAL, "bash", List.of("bash"), null, "sleep"))))
                .isEqualTo(FROM + ", command \"bash\", command line bash, now command \"sleep\"" + ARRIVED);
    }

    @Test
    void namesTheFirstOtherCgroup() {
        SenderIdentity own = identity(Look.ON_ARRIVAL, "kill", List.of(), "0::/a/ours", null);
        SenderIdentity cron = identity(Look.ON_ARRIVAL, "kill", List.of(), "0::/a/cron.service", null);
        Surroundings here = new Surroundings(true, "/a/ours");
        assertThat(line(LoggedSenders.of(cron, ancestor(2, Optional.of("0::/b/x"), "sh")), here))
                .isEqualTo(FROM + ", command \"kill\", cgroup \"cron.service\""
                        + ", parent pid 2, uid 0 (root), command \"sh\"" + ARRIVED);
        Sender below = LoggedSenders.of(
                own,
                ancestor(2, Optional.of("0::/a/ours"), "sh"),
                ancestor(3, Optional.of("0::/pod\"1"), "runc"),
                ancestor(4, Optional.of("0::/c"), "x"));
        assertThat(line(below, here))
                .isEqualTo(FROM + ", command \"kill\""
                        + ", parent pid 2, uid 0 (root), command \"sh\""
                        + ", parent pid 3, uid 0 (root), command \"runc\", cgroup \"pod\\\"1\""
                        + ", parent pid 4, uid 0 (root), command \"x\"" + ARRIVED);
    }

    @Test
    void saysThatAUidIsAsSeenFromHere() {
        Surroundings here = new Surroundings(false, "/");
        assertThat(line(LoggedSenders.of(gone(null)), here))
                .isEqualTo(FROM + " (as seen in this user namespace), gone" + ARRIVED);
        Sender root = LoggedSenders.of(1, 0, false, gone(null), ancestor(2, "sh"));
        assertThat(line(root, here))
                .isEqualTo("heliograph: USR2 from pid 1, uid 0 (root; as seen in this user namespace), gone"
                        + ", parent pid 2, uid 0 (root; as seen in this user namespace), command \"sh\"" + ARRIVED);
    }

    @Test
    void escapesAUsersName() {
        SenderFacts facts = new SenderFacts(
                LoggedSenders.of(gone(null)),
                LogOrigin.OTHER_PROCESS,
                "x\n), uid 0",
                gone(null),
                List.of(),
                new Surroundings(true, "/"));
        assertThat(new SenderText("", facts, "", "", true).make(0, 0))
                .isEqualTo(" from pid 4242, uid 4000000000 (\"x\\x0a), uid 0\"), gone");
    }

    @Test
    void saysWhereElseTheSenderIs() {
        assertThat(SenderText.where(LogOrigin.OUTSIDE))
                .isEqualTo(", outside this container: its run-time or a process of the host "
                        + "(kubectl describe pod or the node's audit log says more)");
        assertThat(SenderText.where(LogOrigin.DETAILS_LOST))
                .isEqualTo(", details lost: the queue of pending signals was full (ulimit -i)");
        Sender itself = LoggedSenders.of(ThisProcess.pid(), UID, false, identity("x"), ancestor(2, "x"));
        assertThat(line(itself))
                .isEqualTo(
                        "heliograph: USR2 from pid " + ThisProcess.pid() + ", uid 4000000000, this process" + ARRIVED);
    }

    /** Whichever of the two it is on this machine, it has a wording and no name. */
    @Test
    void ofPidZeroNothingElseIsSaid() {
        Sender zero = LoggedSenders.of(0, 0, false, identity("x"), ancestor(2, "x"));
        assertThat(line(zero))
                .isEqualTo("heliograph: USR2 from pid 0, uid 0"
                        + SenderText.where(
                                ThisProcess.isInFirstPidNamespace() ? LogOrigin.DETAILS_LOST : LogOrigin.OUTSIDE)
                        + ARRIVED);
    }

    @Test
    void saysThatAProcessAttaches() {
        Sender jcmd = LoggedSenders.of(7, UID, true, identity("jcmd", "jcmd", "1"));
        assertThat(text.event(sent(Signal.QUIT, jcmd), TIME))
                .isEqualTo("heliograph: QUIT from a process that attaches: pid 7, uid 4000000000, command \"jcmd\""
                        + ", command line jcmd 1" + ARRIVED);
    }

    @Test
    void showsAValueBeforeTheAncestors() {
        Sender sender = LoggedSenders.of(identity("x", "x"), ancestor(2, "sh"));
        assertThat(text.event(new SignalEvent.Queued(Signal.USR2, 0, 1, sender, -7), TIME))
                .isEqualTo(FROM + ", command \"x\", command line x, value -7"
                        + ", parent pid 2, uid 0 (root), command \"sh\"" + ARRIVED);
    }

    @ParameterizedTest
    @CsvSource({
        "INT,128,from the terminal",
        "QUIT,128,from the terminal",
        "HUP,128,from the terminal (hang-up)",
        "TSTP,128,from the terminal",
        "TTIN,128,from the terminal",
        "TTOU,128,from the terminal",
        "WINCH,128,from the terminal",
        "INT,1,from the kernel",
        "TERM,128,from the kernel",
        "CONT,128,from the kernel",
        "XCPU,128,from the kernel (limit of processor time: ulimit -t)",
    })
    void tellsTheTerminalFromTheKernel(String signal, int code, String from) {
        assertThat(text.event(new SignalEvent.FromKernel(Signal.of(signal), 0, 1, code), TIME))
                .isEqualTo("heliograph: " + signal + " " + from + ARRIVED);
    }

    @Test
    void otherEvents() {
        assertThat(text.event(
                        new SignalEvent.ChildChanged(Signal.CHLD, 0, 1, 99, 3, SignalEvent.ChildChanged.Change.EXITED),
                        TIME))
                .isEqualTo("heliograph: CHLD of child pid 99, EXITED, status 3" + ARRIVED);
        assertThat(text.event(new SignalEvent.TimerExpired(Signal.ALRM, 0, 1, 5, 2), TIME))
                .isEqualTo("heliograph: ALRM from a timer, value 5, overrun 2" + ARRIVED);
        assertThat(text.event(new SignalEvent.Lost(Signal.USR1, 0, 1, 12), TIME))
                .isEqualTo("heliograph: USR1 12 more times, senders lost" + ARRIVED);
        assertThat(text.suppressed(Signal.USR1, 7431, TIME))
                .isEqualTo("heliograph: USR1 7431 more times within 1 s, not shown"
                        + ", last arrived 2026-01-01T00:00:00.120000Z");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 12})
    void aLineFitsIntoAPipeAndEndsWithItsTime(int ancestors) {
        assertThat(line(LoggedSenders.largest(4000, ancestors)))
                .startsWith("heliograph: USR2 from a process that attaches: pid 2147483647, uid 4294967295")
                .contains("(cut)")
                .endsWith(ARRIVED)
                .matches("[ -~]*")
                .hasSizeLessThanOrEqualTo(Shortening.MOST_CHARACTERS);
    }

    /** The farthest ancestors lose their command lines first. */
    @Test
    void aLongCommandLineIsCut() {
        String argument = "y".repeat(2000);
        String line = line(LoggedSenders.of(
                identity("x", "x", argument),
                ancestor(2, "a", argument),
                ancestor(3, "b", argument),
                ancestor(4, "c", argument),
                ancestor(5, "d", "d")));
        assertThat(line)
                .contains(", command line x " + "y".repeat(1021) + " (cut), parent pid 2, ")
                .contains("command \"a\", command line " + "y".repeat(1023) + " (cut), parent pid 3, ")
                .contains("command \"b\", command line " + "y".repeat(1023) + " (cut), parent pid 4, ")
                .endsWith("command \"c\", command line (cut), parent pid 5, uid 0 (root), command \"d\""
                        + ", command line (cut)" + ARRIVED);
    }

    /** Outside quotes, ", " always separates facts, each of which begins with its name. */
    @Test
    void anySenderIsReadBackFromItsLine() {
        Random random = new Random(20_261_129);
        for (int i = 0; i < 2000; i++) {
            String name = random(random, 12);
            List<String> arguments = List.of(random(random, 30), random(random, 5), random(random, 300));
            String line = line(LoggedSenders.of(
                    identity(Look.ON_ARRIVAL, name, arguments, null, name),
                    ancestor(2, name, arguments.toArray(String[]::new))));
            assertThat(line).matches("[ -~]*");
            String facts = line.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "Q");
            assertThat(facts)
                    .as(line)
                    .matches("heliograph: USR2 from pid 4242, uid 4000000000, command Q, command line( \\S+){3}"
                            + "( \\(cut\\))?, now command Q, parent pid 2, uid 0 \\(root\\), command Q"
                            + ", command line( \\S+){3}( \\(cut\\))?, arrived \\S+Z");
        }
    }

    private static String random(Random random, int length) {
        String likely = ", \"\\\n)(command line arrived";
        StringBuilder any = new StringBuilder();
        for (int i = random.nextInt(length); i >= 0; i--) {
            any.append(
                    random.nextInt(3) > 0
                            ? likely.charAt(random.nextInt(likely.length()))
                            : (char) random.nextInt(0x10000));
        }
        return any.toString();
    }

    private String line(Sender sender) {
        return text.event(sent(Signal.USR2, sender), TIME);
    }

    private static String line(Sender sender, Surroundings here) {
        return new SenderText("heliograph: USR2", SenderFacts.of(sender, here), "", ARRIVED, true).make(8, 1024);
    }
}
