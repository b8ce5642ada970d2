package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.FullHeap;
import io.heliograph.programs.signals.NoThreads;
import io.heliograph.programs.signals.SickHeap;
import io.heliograph.programs.signals.TightHeap;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Facts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signal reaches its worker in a process that has run out of threads or memory. */
class SickIT {
    /** RLIMIT_NPROC does not bind root, so that a user is needed: one that owns no other process. */
    private static final List<String> AS_USER =
            List.of("setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups");

    @TempDir
    private Path folder;

    private Path jar = Path.of(ChildJvm.jar());

    @Test
    void termReachesItsWorkerWhereNoThreadCanBeStarted() throws IOException {
        try (Child child = asUser().start(NoThreads.class, "register")) {
            takeThreads(child);
            term(child);
            child.out().await("^worker got TERM$");
            child.tell("end");
            assertThat(child.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void theAgentLogsTermWhereNoThreadCanBeStarted() throws IOException {
        ChildJvm jvm = asUser();
        try (Child child = jvm.option("-javaagent:" + jar).start(NoThreads.class, "agent")) {
            takeThreads(child);
            term(child);
            child.err().await("^heliograph: TERM from pid [0-9]+, uid [0-9]+( \\([^)]*\\))?, ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
    void termReachesItsWorkerInAStormOfGarbageCollections(String collector) {
        try (Child child = ChildJvm.jvm().option("-Xmx64m", collector).start(SickHeap.class, "storm")) {
            child.out().await("^ready$");
            for (int i = 1; i <= 20; i++) {
                term(child);
                child.out().await("^worker got TERM$", i);
            }
            child.tell("calm");
            Facts sum = calm(child);
            assertThat(sum.get("collections")).isGreaterThan(20);
        }
    }

    @Test
    void theDispatcherOutlivesAHeapWithoutRoom() {
        try (Child child = ChildJvm.jvm().option("-Xmx32m", "-XX:+UseSerialGC").start(SickHeap.class, "exhausted")) {
            Facts sum = calm(child);
            assertThat(sum.get("exhausted")).isGreaterThanOrEqualTo(30);
            assertThat(sum.get("arrived")).isPositive();
            assertThat(sum.get("dispatched") + sum.get("lost")).isEqualTo(sum.get("arrived"));
            assertThat(sum.get("events") + sum.get("told")).as("%s", sum).isEqualTo(sum.get("arrived"));
        }
    }

    @Test
    void aMailboxThatFindsNoRoomToGrowKeepsWhatItHas() {
        try (Child child = ChildJvm.jvm().option("-Xmx16m", "-XX:+UseSerialGC").start(TightHeap.class)) {
            Facts sum = Facts.of(child.out().await("^sum .*"));
            assertThat(sum.get("arrived")).isEqualTo(4500);
            assertThat(sum.get("lost"))
                    .as("those that it should have grown for")
                    .isPositive();
            assertThat(sum.get("dispatched") + sum.get("lost")).isEqualTo(sum.get("arrived"));
            assertThat(sum.get("events") + sum.get("told")).as("%s", sum).isEqualTo(sum.get("arrived"));
            assertThat(sum.get("disorder")).isZero();
            child.tell("end");
            assertThat(child.ended()).isEqualTo("exited 0");
        }
    }

    /** HotSpot's own is one text, and finds no room; ours goes thread by thread. */
    @Test
    void theAgentDumpsThreadsInAHeapWithoutRoomForHotSpots() {
        ChildJvm jvm = ChildJvm.jvm().option("-Xmx32m", "-XX:+UseSerialGC").agent("USR1=thread-dump");
        try (Child child = jvm.startReady(FullHeap.class)) {
            send(child, "USR1"); // it comes behind the rehearsal, which loads classes: they need memory
            child.err().await("^heliograph: end of the thread dump$");
            child.tell("").out().await("^full$");
            send(child, "USR1");
            child.err().await("^heliograph: end of the thread dump$", 2);
            assertThat(child.err().soFar())
                    .contains("HotSpot's own dump is missing: out of memory")
                    .anyMatch(line -> line.matches("\"main\" #\\d+ prio=5"))
                    .filteredOn(line -> line.startsWith("Full thread dump "))
                    .hasSize(1);
            child.tell("").out().await("^free$");
            send(child, "USR1");
            child.err().await("^heliograph: end of the thread dump$", 3);
            assertThat(child.err().soFar())
                    .filteredOn(line -> line.startsWith("Full thread dump "))
                    .hasSize(2);
        }
    }

    /** The sickness is over: sees that a signal still arrives, and ends the program. */
    private static Facts calm(Child child) {
        Facts sum = Facts.of(child.out().await("^sum .*"));
        int before = child.out().soFar().stream()
                .filter("worker got TERM"::equals)
                .toList()
                .size();
        term(child);
        child.out().await("^worker got TERM$", before + 1);
        child.tell("end");
        assertThat(child.ended()).isEqualTo("exited 0");
        return sum;
    }

    private static void term(Child child) {
        send(child, "TERM");
    }

    private static void send(Child child, String signal) {
        try (Child sender = Child.start(Child.helper("send_burst"), "" + child.pid(), "1", "kill:" + signal)) {
            assertThat(sender.ended()).isEqualTo("exited 0");
        }
    }

    private static void takeThreads(Child child) {
        child.out().await("^ready$");
        List<String> command = new ArrayList<>(isRoot() ? AS_USER : List.of());
        command.addAll(List.of("prlimit", "--pid", "" + child.pid(), "--nproc=1"));
        try (Child prlimit = Child.start(command, Map.of())) {
            assertThat(prlimit.ended()).as("%s", prlimit.err().all()).isEqualTo("exited 0");
        }
        child.tell("limited").out().await("^no thread: unable to create native thread");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private ChildJvm asUser() throws IOException {
        ChildJvm jvm = ChildJvm.jvm();
        if (!isRoot()) {
            return jvm;
        }
        // The build's own folders may lie where no other user may look.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        jar = copy(jar);
        Path classes = copy(Path.of(System.getProperty("heliograph.testclasses")));
        return jvm.after(AS_USER.toArray(String[]::new)).classPath(jar.toString(), classes.toString());
    }

    private Path copy(Path from) throws IOException {
        Path to = folder.resolve(from.getFileName().toString());
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Path copied = to.resolve(from.relativize(file).toString());
                copyOne(file, from.equals(file) ? to : copied);
            }
        }
        return to;
    }

    private static void copyOne(Path from, Path to) {
        try {
            Files.copy(from, to);
            Files.setPosixFilePermissions(
                    to, PosixFilePermissions.fromString(Files.isDirectory(to) ? "rwxr-xr-x" : "rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
