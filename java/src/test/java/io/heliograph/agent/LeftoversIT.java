package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.AsRoot;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.ProcStatus;
import io.heliograph.testing.Thorough;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JVM leaves in its temporary folder that ends while it loads the library. */
class LeftoversIT {
    /** A library whose loading says so, and takes until the test lets it end. The linker's lock is free by then. */
    private static final String GATE = """
            #include <stdio.h>
            #include <stdlib.h>
            int JNI_OnLoad(void *vm, void *reserved) {
              (void)vm, (void)reserved;
              puts("loading");
              fflush(stdout);
              FILE *gate = fopen(getenv("GATE"), "r");
              if (gate != NULL)
                fclose(gate);
              return 0x00010006; /* JNI_VERSION_1_6 */
            }
            """;

    /** The name of the shutdown hook's thread, as Linux cuts it. */
    private static final String HOOK = "heliograph-unpa";

    @TempDir
    Path folder;

    private Path temporary;

    @BeforeEach
    void makeTemporary() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    @Test
    void theNextStartRemovesWhatAKilledOneLeft() throws IOException {
        try (Child app = startAtGate()) {
            Child.run("kill", "-KILL", "" + app.pid());
            assertThat(app.ended()).isEqualTo("signaled 9");
        }
        assertThat(temporary).isNotEmptyDirectory();
        startAndEnd();
        assertThat(temporary).isEmptyDirectory();
    }

    /** Containers can share a folder, and not see each other's processes. */
    @Test
    @AsRoot
    void aStartInAnotherPidNamespaceRemovesNothing() throws IOException {
        try (Child app = startAtGate()) {
            ChildJvm other = jvm(ChildJvm.jar()).after("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");
            startAndEnd(other);
            assertThat(temporary).isNotEmptyDirectory();
            try (FileChannel open = openGate()) {
                app.out().await("^ready$");
            }
        }
    }

    /** Such a /proc shows only the processes that one may trace. */
    @Test
    @AsRoot
    void aStartWhoseProcHidesTheProcessRemovesNothing() throws IOException {
        String hide =
                "mount -t proc -o hidepid=2,gid=54321 proc /proc && exec setpriv --bounding-set=-sys_ptrace \"$@\"";
        try (Child app = startAtGate()) {
            startAndEnd(jvm(ChildJvm.jar()).after("unshare", "-m", "sh", "-c", hide, "sh"));
            assertThat(temporary).isNotEmptyDirectory();
            try (FileChannel open = openGate()) {
                app.out().await("^ready$");
            }
        }
    }

    @Test
    void anExitWaitsForTheRemoval() throws Exception {
        try (Child app = startAtGate()) {
            long pid = app.pid();
            Child.run("kill", "-TERM", "" + pid);
            awaitThread(pid, HOOK);
            assertThat(temporary).isNotEmptyDirectory();
            try (FileChannel open = openGate()) {
                assertThat(app.ended()).isEqualTo("exited 143");
            }
        }
        assertThat(temporary).isEmptyDirectory();
    }

    /** At whatever moment from the folder's making on. */
    @Thorough
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void endsAtAnyMoment(String signal) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(15); // some 30 times
        do {
            try (WatchService watch = temporary.getFileSystem().newWatchService()) {
                temporary.register(watch, StandardWatchEventKinds.ENTRY_CREATE); // before the JVM can make a folder
                endAtTheFirstFolder(watch, signal);
            }
            if (signal.equals("TERM")) {
                assertThat(temporary).isEmptyDirectory();
            }
        } while (System.nanoTime() - until < 0);
        startAndEnd();
        assertThat(temporary).isEmptyDirectory();
    }

    private void endAtTheFirstFolder(WatchService watch, String signal) throws InterruptedException {
        try (Child app = jvm(ChildJvm.jar()).start(PlainApp.class)) {
            assertThat(watch.poll(30, TimeUnit.SECONDS)).as("a new folder").isNotNull();
            Child.run("kill", "-" + signal, "" + app.pid());
            assertThat(app.ended()).isEqualTo(signal.equals("KILL") ? "signaled 9" : "exited 143");
        }
    }

    private ChildJvm jvm(String jar) {
        return ChildJvm.jvm()
                .classPath(System.getProperty("heliograph.testclasses"))
                .environment("GATE", gate().toString())
                .option("-Djava.io.tmpdir=" + temporary, "-javaagent:" + jar);
    }

    private Path gate() {
        return folder.resolve("gate");
    }

    /** For both, so that the opening does not wait for a reader. */
    private FileChannel openGate() throws IOException {
        return FileChannel.open(gate(), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private Child startAtGate() throws IOException {
        Child.run("mkfifo", gate().toString());
        Child app = jvm(jarWithGate().toString()).start(PlainApp.class);
        app.out().await("^loading$");
        return app;
    }

    private void startAndEnd() {
        startAndEnd(jvm(ChildJvm.jar()));
    }

    private static void startAndEnd(ChildJvm jvm) {
        try (Child app = jvm.startReady(PlainApp.class)) {
            app.tell("exit 0");
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    private Path jarWithGate() throws IOException {
        Path source = Files.writeString(folder.resolve("gate.c"), GATE);
        Path library = folder.resolve("gate.so");
        Child.run("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString());
        Path copy = folder.resolve("gate.jar");
        try (JarFile jar = new JarFile(ChildJvm.jar());
                OutputStream file = Files.newOutputStream(copy);
                JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                out.putNextEntry(new JarEntry(entry.getName()));
                if (entry.getName().endsWith("/libheliograph.so")) {
                    Files.copy(library, out);
                } else {
                    jar.getInputStream(entry).transferTo(out);
                }
            }
        }
        return copy;
    }

    private static void awaitThread(long pid, String name) throws InterruptedException {
        for (int attempt = 0; !ProcStatus.threadNames(pid).contains(name); attempt++) {
            assertThat(attempt).as("10 ms each until there is a thread " + name).isLessThan(3000);
            Thread.sleep(10);
        }
    }
}
