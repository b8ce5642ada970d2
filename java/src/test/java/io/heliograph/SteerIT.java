package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.Steered;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Conversation;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code steer=on}: outside signals go to the dispatcher's thread alone, and nobody else notices. */
class SteerIT {
    private static final int USR1 = 10;
    private static final int TTOU = 22;
    private static final int WINCH = 28;
    private static final int QUEUED = 37; // RTMIN+3

    @TempDir
    Path folder;

    private Path acknowledged;

    @BeforeEach
    void makeFile() throws IOException {
        acknowledged = Files.write(folder.resolve("acknowledged"), new byte[16]);
    }

    @Test
    void of100000NoneIsElsewhereWhileThreadsComeAndGo() {
        try (Child child = steering().start(Steered.class, acknowledged.toString())) {
            Conversation app = Conversation.with(child);
            app.tellAll("catch USR1", "catch RTMIN+3");
            send(app, 500, 1, "kill", USR1);
            send(app, 500, 100, "queue", QUEUED);
            long usr1Before = elsewhere(app, "USR1", 500);
            long queuedBefore = elsewhere(app, "RTMIN+3", 500);

            app.tellAll("threads come");
            send(app, 30_000, 1, "kill", USR1);
            send(app, 70_000, 100, "queue", QUEUED);
            app.tellAll("threads stay away");

            assertThat(elsewhere(app, "USR1", 30_500)).isEqualTo(usr1Before);
            assertThat(elsewhere(app, "RTMIN+3", 70_500)).isEqualTo(queuedBefore);
            assertThat(app.end()).isEqualTo("exited 0");
            assertThat(child.err().all()).isEmpty();
        }
    }

    /** What the test above would see if nothing were steered. */
    @Test
    void offItIsTheFirstThreadThatIsInterrupted() {
        try (Conversation app = Conversation.with(ChildJvm.jvm().start(Steered.class, acknowledged.toString()))) {
            app.tellAll("catch USR1");
            send(app, 500, 1, "kill", USR1);
            assertThat(elsewhere(app, "USR1", 500)).isGreaterThan(400);
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    /**
     * By whichever way it comes, and by whichever the JDK starts processes: on 25 jspawnhelper clears the mask itself, and
     * only without it does this see what the child inherits. And the JVM's own check of native code has nothing to say.
     */
    @ParameterizedTest
    @CsvSource({"'', VFORK", "'', FORK", "'', POSIX_SPAWN", "-javaagent, FORK", "-agentpath, VFORK"})
    void childrenInheritNoBlockWhileSignalsArrive(String way, String mechanism) {
        ChildJvm jvm = way.isEmpty()
                ? steering()
                : ChildJvm.jvm().agent(way.equals("-agentpath"), "steer=on,WINCH=log+ignore");
        try (Child child = jvm.option("-Xcheck:jni")
                .option("-Djdk.lang.Process.launchMechanism=" + mechanism)
                .start(Steered.class, acknowledged.toString())) {
            Conversation app = Conversation.with(child);
            app.tellAll("catch USR1", "catch RTMIN+3");
            assertThat(threadsThatBlock(app.pid(), USR1)).isGreaterThan(5);
            try (Child sender = sender(app, 100_000_000, 1, "kill", USR1)) {
                assertThat(app.tell("handled 100")).isEqualTo("true"); // they have begun to arrive
                String masks = app.tell("children 60");
                assertThat(masks).startsWith("[").endsWith("]");
                for (String mask : masks.substring(1, masks.length() - 1).split(", ", -1)) {
                    assertThat(ProcStatus.has(mask, USR1)).as(masks).isFalse();
                    assertThat(ProcStatus.has(mask, QUEUED)).as(masks).isFalse();
                    assertThat(ProcStatus.has(mask, WINCH)).as(masks).isFalse();
                }
                assertThat(app.tell("more")).isEqualTo("true"); // and they still do
                assertThat(sender.err().soFar()).isEmpty();
            }
            assertThat(app.end()).isEqualTo("exited 0");
            if (mechanism.equals("VFORK")) { // 25 says in six lines that it is deprecated
                assertThat(child.err().all()).noneMatch(line -> line.contains("heliograph"));
            } else {
                assertThat(child.err().all()).isEmpty();
            }
            assertThat(child.out().all()).noneMatch(line -> line.contains("WARNING"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "USR1"})
    void closingLeavesEveryThreadsMaskAsItWas(String blockedByStarter) {
        ChildJvm jvm = steering();
        if (!blockedByStarter.isEmpty()) {
            jvm.after("env", "--block-signal=" + blockedByStarter);
        }
        try (Conversation app = Conversation.with(jvm.start(Steered.class, acknowledged.toString()))) {
            app.tellAll("threads stay away"); // it has started
            Map<String, String> before = ofThreads(app.pid(), "SigBlk");
            app.tellAll("catch USR1", "catch RTMIN+3", "catch TERM", "threads come");
            send(app, 1000, 1, "kill", USR1);
            send(app, 1000, 50, "queue", QUEUED);
            assertThat(threadsThatBlock(app.pid(), QUEUED)).isGreaterThan(5);
            app.tellAll("threads stay away", "close");
            Map<String, String> after = ofThreads(app.pid(), "SigBlk");
            before.keySet().retainAll(after.keySet());
            assertThat(before).hasSizeGreaterThan(5);
            assertThat(after).containsAllEntriesOf(before);
            assertThat(threadsThatBlock(app.pid(), QUEUED)).isZero();
            if (blockedByStarter.isEmpty()) {
                assertThat(threadsThatBlock(app.pid(), USR1)).isZero();
            }
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @Test
    void offLeavesEveryThreadsMaskAsItWas() {
        try (Child child = ChildJvm.jvm().start(Steered.class, acknowledged.toString())) {
            Conversation app = Conversation.with(child);
            app.tellAll("threads stay away");
            assertThat(Attacher.attach(child, "HUP=log")).contains("return code: 0");
            assertThat(Attacher.attach(child, "off")).contains("return code: 0"); // the attach listener is there now
            Map<String, String> before = ofThreads(app.pid(), "SigBlk");
            assertThat(Attacher.attach(child, "steer=on,USR1=log+ignore,RTMIN+3=log+ignore"))
                    .contains("return code: 0");
            assertThat(threadsThatBlock(app.pid(), USR1)).isGreaterThan(5);
            assertThat(threadsNamed(app.pid(), "heliograph-helm")).isEqualTo(1);
            assertThat(Attacher.attach(child, "off")).contains("return code: 0");
            Map<String, String> after = ofThreads(app.pid(), "SigBlk");
            before.keySet().retainAll(after.keySet());
            assertThat(before).hasSizeGreaterThan(5);
            assertThat(after).containsAllEntriesOf(before);
            assertThat(threadsThatBlock(app.pid(), USR1)).isZero();
            assertThat(threadsNamed(app.pid(), "heliograph-helm")).isZero();
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    /** raise(3) is pthread_kill(3) to the calling thread, which steering has USR1 blocked in. */
    @Test
    void whatIsSentToOneThreadIsNotSwallowed() {
        ChildJvm jvm = ChildJvm.jvm().agent("steer=on,WINCH=log+ignore");
        try (Child child = jvm.start(Steered.class, acknowledged.toString())) {
            Conversation app = Conversation.with(child);
            app.tellAll("catch USR1", "catch RTMIN+3", "raise USR1");
            assertThat(app.tell("handled 1")).isEqualTo("true");
            child.err()
                    .await(
                            "^heliograph: USR1 is sent to a single thread \\(pthread_kill\\)\\. Steering would hold it up "
                                    + "there: USR1 is not steered any more$");
            assertThat(threadsThatBlock(app.pid(), USR1)).isZero();
            assertThat(threadsThatBlock(app.pid(), QUEUED)).isGreaterThan(5);
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    /** Where no thread can be told, since each signal to visit them with is somebody's. */
    @Test
    void withUrgAndWinchCaughtItSaysSoAndDoesNotSteer() {
        ChildJvm jvm = ChildJvm.jvm().agent("steer=on,URG=log+ignore,WINCH=log+ignore");
        try (Child child = jvm.start(Steered.class, acknowledged.toString())) {
            Conversation app = Conversation.with(child);
            app.tellAll("catch USR1");
            assertThat(threadsThatBlock(app.pid(), USR1)).isZero();
            assertThat(app.end()).isEqualTo("exited 0");
            assertThat(child.err().all())
                    .containsExactly(
                            "heliograph: steer=on: URG and WINCH are both caught, and steering needs one of them "
                                    + "to reach single threads: nothing is steered");
        }
    }

    @Test
    void aWrongValueIsToldToAProgram() {
        try (Child app =
                ChildJvm.jvm().option("-Dheliograph.steer=yes").start(Steered.class, acknowledged.toString())) {
            app.tell("1 catch USR1");
            app.err().await("IllegalArgumentException: steer=yes is neither on nor off: use on or off$");
            assertThat(app.ended()).isEqualTo("exited 1");
        }
    }

    private static ChildJvm steering() {
        return ChildJvm.jvm().option("-Dheliograph.steer=on");
    }

    private void send(Conversation app, int count, int window, String how, int signal) {
        try (Child sender = sender(app, count, window, how, signal)) {
            assertThat(sender.ended()).as(String.join("\n", sender.err().all())).isEqualTo("exited 0");
        }
    }

    private Child sender(Conversation app, int count, int window, String how, int signal) {
        return Child.start(
                Child.helper("send_steadily"),
                "" + app.pid(),
                acknowledged.toString(),
                "" + count,
                "" + window,
                "0",
                how,
                "" + signal);
    }

    private static long elsewhere(Conversation app, String signal, long arrived) {
        String answer = app.tell("counts " + signal);
        assertThat(answer).matches(arrived + " elsewhere \\d+ lost 0");
        return Long.parseLong(answer.split(" ", -1)[2]);
    }

    private static long threadsThatBlock(long pid, int signal) {
        // Without native threads of ours, which block everything from the beginning.
        return ofThreads(pid, "SigBlk").values().stream()
                .filter(mask -> ProcStatus.has(mask, signal) && !ProcStatus.has(mask, TTOU))
                .count();
    }

    private static long threadsNamed(long pid, String name) {
        return ofThreads(pid, "Name").values().stream().filter(name::equals).count();
    }

    /** A line of each thread's status, by the thread. */
    private static Map<String, String> ofThreads(long pid, String name) {
        Map<String, String> lines = new TreeMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                try (Stream<String> status = Files.lines(thread.resolve("status"))) {
                    status.filter(line -> line.startsWith(name + ":"))
                            .forEach(line -> lines.put(
                                    "" + thread.getFileName(),
                                    line.substring(name.length() + 1).strip()));
                } catch (IOException | UncheckedIOException ended) {
                    lines.remove("" + thread.getFileName()); // the thread, since the folder was listed
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
