package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.agent.SignalsApp;
import io.heliograph.testing.AsRoot;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.CopiedJar;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the native library comes from, and what is said where it comes from nowhere. */
class LibraryIT {
    private static final Path BUILT = Path.of(System.getProperty("heliograph.native"), "libheliograph.so");
    private static final String WAY_OUT = ". Name a folder that is writable and not mounted noexec with "
            + "-Dheliograph.tmpdir=FOLDER, or the library itself with -Dheliograph.library=PATH";

    private static final String UNPACKED = "/heliograph-[0-9]+-[0-9]+-[0-9]+-[0-9]+";

    @TempDir
    Path folder;

    /** A build of other platforms before this one leaves nothing in it. */
    @Test
    void theJarHasWhatWasBuilt() throws IOException {
        String[] built = Path.of(System.getProperty("heliograph.platforms"), "jar", "META-INF", "native")
                .toFile()
                .list();
        try (JarFile jar = new JarFile(ChildJvm.jar())) {
            assertThat(jar.stream()
                            .map(JarEntry::getName)
                            .filter(name -> name.endsWith("/libheliograph.so"))
                            .map(name -> name.split("/", -1)[2]))
                    .containsExactlyInAnyOrder(built)
                    .allMatch(name -> name.matches("linux-[a-z0-9_]+-(gnu|musl)"));
        }
    }

    @Test
    void theJarsCopyLeavesNothingBehind() throws IOException {
        try (Child app =
                start(ChildJvm.jvm().option("-Djava.io.tmpdir=" + folder).agent(""))) {
            assertThat(loadedFrom(app)).matches(folder + UNPACKED + "/libheliograph.so \\(deleted\\)");
            assertThat(filesIn(folder)).isEmpty();
            isSeen(app);
        }
    }

    @Test
    void theConfiguredFolderComesFirst() throws IOException {
        try (Child app =
                start(ChildJvm.jvm().option("-Dheliograph.tmpdir=" + folder).agent(""))) {
            assertThat(loadedFrom(app)).startsWith(folder + "/heliograph-");
            assertThat(filesIn(folder)).isEmpty();
        }
    }

    /** Not even root can make a folder in /proc. */
    @ParameterizedTest
    @ValueSource(strings = {"/proc", "/nowhere/at/all"})
    void aFolderThatCannotBeWrittenToIsPassedOver(String bad) {
        ChildJvm jvm =
                ChildJvm.jvm().option("-Djava.io.tmpdir=" + bad).environment("XDG_RUNTIME_DIR", folder.toString());
        try (Child app = start(jvm.agent(""))) {
            assertThat(loadedFrom(app)).startsWith(folder + "/heliograph-");
            isSeen(app);
        }
    }

    @Test
    @AsRoot
    void aFolderMountedNoexecIsPassedOver() throws IOException {
        Path good = Files.createDirectory(folder.resolve("good"));
        Path noexec = Files.createDirectory(folder.resolve("noexec"));
        ChildJvm jvm = noexec(noexec)
                .option("-Djava.io.tmpdir=" + noexec)
                .environment("XDG_RUNTIME_DIR", good.toString())
                .agent("");
        try (Child app = start(jvm)) {
            assertThat(loadedFrom(app)).startsWith(good + "/heliograph-");
            isSeen(app);
            assertThat(app.err().soFar()).hasSize(1);
            assertThat(filesIn(Path.of("/proc/" + app.pid() + "/root" + noexec)))
                    .isEmpty();
        }
    }

    @Test
    @AsRoot
    void oneMessageNamesEachFolderAndWhatIsWrongWithIt() throws IOException {
        Path asked = folder.resolve("asked");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path home = Files.createDirectory(folder.resolve("home"));
        ChildJvm jvm = noexec(temporary, Path.of("/dev/shm"), Path.of("/var/tmp"), home)
                .option("-Dheliograph.tmpdir=" + asked, "-Djava.io.tmpdir=" + temporary, "-Duser.home=" + home)
                .environment("XDG_RUNTIME_DIR", "/proc")
                .agent("required=on");
        try (Child app = jvm.start(PlainApp.class)) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.out().all()).isEmpty();
            String noexec = UNPACKED + "/libheliograph.so: failed to map segment from shared object";
            assertThat(app.err().all())
                    .singleElement()
                    .asString()
                    .matches("heliograph: heliograph's native library could not be loaded. Tried "
                            + "\\(1\\) java.library.path: no heliograph in java.library.path: [^;]*; "
                            + "\\(2\\) the jar's own copy in " + asked + ": NoSuchFileException " + asked
                            + UNPACKED + "; "
                            + "\\(3\\) the jar's own copy in " + temporary + ": .*" + temporary + noexec + "; "
                            + "\\(4\\) the jar's own copy in /proc: [A-Za-z]*Exception /proc" + UNPACKED + ".*; "
                            + "\\(5\\) the jar's own copy in /dev/shm: .*" + noexec + "; "
                            + "\\(6\\) the jar's own copy in /var/tmp: .*" + noexec + "; "
                            + "\\(7\\) the jar's own copy in " + home + ": .*" + noexec
                            + WAY_OUT.replace(".", "\\."));
        }
    }

    @Test
    void aLibraryThatWasNamedIsTaken() {
        try (Child app =
                start(ChildJvm.jvm().option("-Dheliograph.library=" + BUILT).agent(""))) {
            assertThat(loadedFrom(app)).isEqualTo(BUILT.toString());
            isSeen(app);
        }
    }

    @Test
    void aLibraryOnTheLibraryPathIsTaken() {
        try (Child app = start(ChildJvm.jvm()
                .option("-Djava.library.path=" + BUILT.getParent())
                .agent(""))) {
            assertThat(loadedFrom(app)).isEqualTo(BUILT.toString());
            isSeen(app);
        }
    }

    @Test
    void aLibraryThatIsNotThereIsPassedOver() {
        ChildJvm jvm = ChildJvm.jvm().option("-Dheliograph.library=" + folder.resolve("libheliograph.so"));
        try (Child app = start(jvm.option("-Djava.io.tmpdir=" + folder).agent(""))) {
            assertThat(loadedFrom(app)).startsWith(folder + "/heliograph-");
            isSeen(app);
        }
    }

    @Test
    void aLibraryOfAnotherVersionIsPassedOver() throws IOException {
        Path other = libraryOfVersion(otherVersion());
        ChildJvm jvm = ChildJvm.jvm().option("-Dheliograph.library=" + other, "-Djava.io.tmpdir=" + folder);
        try (Child app = start(jvm.agent(""))) {
            assertThat(ProcStatus.mapped(app.pid(), folder + "/heliograph-")).hasSize(1);
            isSeen(app);
        }
    }

    @Test
    void aLibraryOfAnotherVersionIsRefusedWithBothVersions() throws IOException {
        Path other = libraryOfVersion(otherVersion());
        Path jar = jarWithoutLibrary();
        ChildJvm jvm = ChildJvm.jvm()
                .classPath(System.getProperty("heliograph.testclasses"))
                .option("-Dheliograph.library=" + other, "-javaagent:" + jar + "=required=on");
        try (Child app = jvm.start(PlainApp.class)) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.out().all()).isEmpty();
            assertThat(app.err().all())
                    .singleElement()
                    .asString()
                    .startsWith("heliograph: heliograph's native library could not be loaded. Tried (1) "
                            + "-Dheliograph.library=" + other + ": the library is of version " + otherVersion()
                            + ", the jar of version " + version()
                            + ": take both from one build; (2) java.library.path: ");
        }
    }

    @Test
    void theExceptionNamesTheReason() throws IOException {
        Path noLibrary = Files.writeString(folder.resolve("text.so"), "no library\n");
        ChildJvm jvm = ChildJvm.jvm()
                .classPath(jarWithoutLibrary().toString(), System.getProperty("heliograph.testclasses"))
                .option("-Dheliograph.library=" + noLibrary);
        try (Child app = jvm.start(SignalsApp.class)) {
            app.out().await("^ready$");
            String message = app.tell("available")
                    .out()
                    .await("^heliograph's native library.*")
                    .group();
            assertThat(message)
                    .contains("(1) -Dheliograph.library=" + noLibrary + ": ")
                    .contains("/text.so: file too short")
                    .containsPattern("the jar's own copy: this is linux-[a-z0-9_]+-(gnu|musl), and the jar has none "
                            + "for x86-64 or aarch64\\. Take a jar .* with -Dheliograph.library=PATH$");
        }
    }

    private static Child start(ChildJvm jvm) {
        return jvm.startReady(PlainApp.class);
    }

    private static void isSeen(Child app) {
        try (Courier courier = Courier.send("USR2", app.pid())) {
            app.err().await(courier.logged("USR2"));
        }
    }

    private static String loadedFrom(Child app) {
        List<String> files = ProcStatus.mapped(app.pid(), "/libheliograph.so");
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** A JVM that finds these folders mounted noexec; nobody else does. */
    private static ChildJvm noexec(Path... folders) {
        StringBuilder mounts = new StringBuilder();
        for (Path folder : folders) {
            mounts.append("mount -t tmpfs -o noexec tmpfs ").append(folder).append(" && ");
        }
        return ChildJvm.jvm().after("unshare", "-m", "sh", "-c", mounts + "exec \"$@\"", "sh");
    }

    private Path libraryOfVersion(String version) throws IOException {
        String bytes = Files.readString(BUILT, StandardCharsets.ISO_8859_1);
        String changed = bytes.replace("\0" + version() + "\0", "\0" + version + "\0");
        assertThat(changed).isNotEqualTo(bytes);
        return Files.writeString(folder.resolve("libheliograph-other.so"), changed, StandardCharsets.ISO_8859_1);
    }

    private static String version() throws IOException {
        try (JarFile jar = new JarFile(ChildJvm.jar())) {
            return jar.getManifest().getMainAttributes().getValue("Implementation-Version");
        }
    }

    /** As long as the real one, so that it fits into its place. */
    private static String otherVersion() throws IOException {
        return version().replaceAll("[0-9]", "9");
    }

    private Path jarWithoutLibrary() throws IOException {
        return CopiedJar.without("META-INF/native/", folder.resolve("without-library.jar"));
    }
}
