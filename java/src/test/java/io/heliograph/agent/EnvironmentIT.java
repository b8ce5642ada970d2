package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.agent.Starve;
import io.heliograph.testing.AsRoot;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.CopiedJar;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The environment lacks something that the agent needs. The app runs as without the agent, with one line. With {@code
 * required=on} it does not start.
 */
class EnvironmentIT {
    private static final String RUNS_WITHOUT = "heliograph: the app runs without the agent: ";
    private static final String NO_LIBRARY = "heliograph's native library could not be loaded. Tried (1) ";
    private static final String MORE_PROCESSES =
            "raise the limit of processes and threads (pids.max of the control group, ulimit -u)";
    private static final String CLASSES = System.getProperty("heliograph.testclasses");

    /** RLIMIT_NPROC does not bind root, and counts all of a user's processes. */
    private static final String[] AS_USER = {"setpriv", "--reuid", "54322", "--regid", "54322", "--clear-groups"};

    /** RTMIN+28 (libnio's NativeThread.c). */
    private static final int JDKS_IO = 62;

    private static final String NO_AGENT = "-Dno=agent";

    private static final String FIXED_THREADS = "-XX:-UseDynamicNumberOfCompilerThreads";

    @TempDir
    private Path folder;

    /**
     * One stays free, with which the JVM loads classes. FIXED_THREADS keeps the compiler threads from it: before they start
     * one more, they read the memory limit of the cgroup (-Xlog:os+container=trace, Java 17).
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noDescriptorIsFree(boolean isNative) throws IOException {
        Path starve = CopiedJar.agent(folder.resolve("starve.jar"), Starve.class);
        ChildJvm jvm = ChildJvm.jvm().option("-javaagent:" + starve + "=descriptors", FIXED_THREADS);
        runs(jvm, isNative, "pipe(): Too many open files (errno 24): raise the limit of open files (ulimit -n)");
    }

    /** One is left, which the JVM itself needs behind the agents: ours takes it, and gives it back. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | TERM=log | no thread can be started:",
                "true | TERM=log | no thread can be started:",
                "false | TERM=ignore | no thread can be started:",
                "false | log=logger | no thread can be started:",
                "false | TERM=shutdown:9s | pthread_create(the deadline's): Resource temporarily unavailable (errno 11):",
            })
    void noThreadCanBeStarted(boolean isNative, String options, String why) throws IOException {
        Path starve = CopiedJar.agent(folder.resolve("starve.jar"), Starve.class);
        ChildJvm jvm = ChildJvm.jvm().option("-javaagent:" + starve + "=wait");
        if (ProcStatus.ownUid() == 0) {
            jvm.after(AS_USER);
        }
        runs(
                readable(jvm).option(readableAgent(isNative, options)),
                EnvironmentIT::leaveOneThread,
                why + " " + MORE_PROCESSES);
    }

    /**
     * From the least number of threads with which the app runs without the agent. The JVM starts threads behind the agent,
     * too, and ends without them. The agent is there as a whole or not at all.
     */
    @ParameterizedTest
    @AsRoot
    @CsvSource({
        "false, TERM=log",
        "true, TERM=log",
        "false, TERM=shutdown:5s",
        "false, 'TERM=ignore,systemd=on'",
    })
    void whereTheAppFitsTheAgentKeepsNoneOfItsThreads(boolean isNative, String options) throws IOException {
        int limit = 8;
        while (!startsWithin(limit, NO_AGENT).equals("without")) {
            limit++;
            assertThat(limit).isLessThan(40);
        }
        String agent = readableAgent(isNative, options);
        int without = 0;
        for (int with = 0; with < 3; limit++) {
            assertThat(without).isLessThan(20);
            String started = startsWithin(limit, agent);
            assertThat(started).as("with " + limit + " threads").isIn("with", "without");
            with += started.equals("with") ? 1 : 0;
            without += started.equals("without") ? 1 : 0;
        }
        assertThat(without).isPositive();
    }

    /** Whether the app starts "with" the agent, "without" it, or not: then what its JVM says. */
    private String startsWithin(int threads, String agent) throws IOException {
        ChildJvm jvm = readable(ChildJvm.jvm())
                .after(AS_USER)
                .after("prlimit", "--nproc=" + threads)
                .option(agent);
        try (Child app = jvm.start(PlainApp.class)) {
            try {
                app.out().await("^ready$");
            } catch (AssertionError ended) {
                return app.ended() + ": " + app.out().all() + app.err().all();
            }
            boolean isThere =
                    ProcStatus.threadNames(app.pid()).stream().anyMatch(name -> name.startsWith("heliograph"));
            boolean isPlain = handlers(app) == plainHandlers();
            app.tell("exit 7");
            assertThat(app.ended()).isEqualTo("exited 7");
            assertThat(isThere || isPlain).isTrue();
            if (isThere || agent.equals(NO_AGENT)) {
                assertThat(app.err().all()).isEmpty();
            } else {
                assertThat(app.err().all()).singleElement().asString().startsWith(RUNS_WITHOUT);
            }
            return isThere ? "with" : "without";
        }
    }

    /** Any user may read its class path. It starts the same threads each time. */
    private ChildJvm readable(ChildJvm jvm) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path app = folder.resolve("app.jar");
        return jvm.option("-XX:+UseSerialGC", FIXED_THREADS)
                .classPath((Files.exists(app) ? app : CopiedJar.agent(app, PlainApp.class)).toString());
    }

    private String readableAgent(boolean isNative, String options) throws IOException {
        Path jar = CopiedJar.readable(Path.of(ChildJvm.jar()), folder.resolve("heliograph.jar"));
        Path library = CopiedJar.readable(Path.of(ChildJvm.library()), folder.resolve("libheliograph.so"));
        return isNative ? "-agentpath:" + library + "=jar=" + jar + "," + options : "-javaagent:" + jar + "=" + options;
    }

    private static void leaveOneThread(Child app) {
        app.out().await("^starving$");
        int threads = ProcStatus.threadNames(app.pid()).size();
        List<String> command = new ArrayList<>(ProcStatus.ownUid() == 0 ? List.of(AS_USER) : List.of());
        command.addAll(List.of("prlimit", "--pid", "" + app.pid(), "--nproc=" + (threads + 1)));
        Child.run(command.toArray(String[]::new));
        app.tell("go");
    }

    /** As a seccomp filter of a container run-time does. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCallIsDenied(boolean isNative) {
        ChildJvm jvm = ChildJvm.jvm().after(Child.helper("deny_calls"), "1", "pipe2", "--");
        runs(jvm, isNative, "pipe(): Operation not permitted (errno 1): a seccomp filter may deny it: allow this call");
    }

    /** As on a processor or a C library that the jar was not built for. */
    @Test
    void theJarHasNoLibraryForThisPlatform() throws IOException {
        Path jar = CopiedJar.without("META-INF/native/", folder.resolve("without.jar"));
        ChildJvm jvm = ChildJvm.jvm().classPath(CLASSES).option("-javaagent:" + jar);
        runs(jvm, "heliograph's native library could not be loaded: this is linux-");
    }

    /** The line names the wrong option, not the lack of the library. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TERM=lgo | '' | option \"TERM=lgo\": lgo is no action: did you mean log?",
                "TERM=log | TREM=log | HELIOGRAPH_OPTIONS: option \"TREM=log\": TREM is no signal: did you mean TERM?",
                "wait=spni | '' | option \"wait=spni\": wait=spni is no way to wait: did you mean spin?",
            })
    void aWrongOptionStopsTheStartWithoutTheLibraryToo(String options, String environment, String message)
            throws IOException {
        Path jar = CopiedJar.without("META-INF/native/", folder.resolve("without.jar"));
        ChildJvm jvm = ChildJvm.jvm().classPath(CLASSES).option("-javaagent:" + jar + "=" + options);
        stopped(jvm.environment("HELIOGRAPH_OPTIONS", environment), app -> {}, message);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theImageHasNoJmx(boolean isNative) {
        ChildJvm jvm = ChildJvm.jvm().option("--limit-modules", "java.base,java.instrument");
        runs(jvm.agent(isNative, "jmx=on"), "jmx=on: this JVM runs without the module java.management: ");
    }

    @Test
    void anAgentThatIsThereStaysIfTheNextOneCannotStart() {
        ChildJvm jvm = ChildJvm.jvm().option("--limit-modules", "java.base,java.instrument");
        jvm.option("-javaagent:" + ChildJvm.jar() + "=TERM=log,wait=block");
        try (Child app = jvm.agent("TERM=ignore,jmx=on").startReady(PlainApp.class);
                Courier courier = Courier.send("TERM", app.pid())) {
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).hasSize(2).element(1).asString().containsPattern(courier.logged("TERM"));
            assertThat(app.err().all())
                    .first()
                    .asString()
                    .startsWith(
                            "heliograph: the agent goes on with TERM=log, wait=block: jmx=on: this JVM runs without");
        }
    }

    /** The JVM lets one agent suspend threads. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDebuggerHasWhatRaiseNeeds(boolean isNative) {
        ChildJvm jvm =
                ChildJvm.jvm().option("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0");
        runs(jvm.agent(isNative, "INT=raise"), "INT=raise: ");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24) // the option is as old
    void nativeAccessIsDenied() {
        ChildJvm jvm = ChildJvm.jvm().classPath(CLASSES).withoutNativeAccess();
        runs(
                jvm.option("--illegal-native-access=deny").agent(""),
                "this Java denies access to native code (--illegal-native-access): start it with ");
    }

    @ParameterizedTest
    @AsRoot
    @ValueSource(strings = {"noexec", "ro"})
    void noFolderTakesTheLibrary(String flag) throws IOException {
        StringBuilder mounts = new StringBuilder("mount --make-rprivate /");
        for (String place : new String[] {"/tmp", "/dev/shm", "/var/tmp", "/root"}) {
            mounts.append(" && mount -t tmpfs -o ")
                    .append(flag)
                    .append(" tmpfs ")
                    .append(place);
        }
        Path jar = CopiedJar.readable(Path.of(ChildJvm.jar()), Path.of("/opt/heliograph-environment-it.jar"));
        Path app = CopiedJar.agent(Path.of("/opt/heliograph-environment-it-app.jar"), PlainApp.class);
        try {
            ChildJvm jvm = ChildJvm.jvm()
                    .after("unshare", "--mount", "sh", "-c", mounts + " && exec \"$@\"", "sh")
                    .environment("XDG_RUNTIME_DIR", "")
                    .option("-Duser.home=/root", "-javaagent:" + jar)
                    .classPath(app.toString());
            runs(jvm, NO_LIBRARY);
        } finally {
            Files.deleteIfExists(jar);
            Files.deleteIfExists(app);
        }
    }

    /** These the agent can do without: it says so, and works. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "report=FOLDER/nowhere/r.txt | report=FOLDER/nowhere/r.txt: No such file or directory",
                "TERM=log,log=FOLDER/nowhere/l.log | log=FOLDER/nowhere/l.log: its folder is not there: make FOLDER/nowhere",
            })
    void aFileThatCannotBeWrittenStopsNothingUnlessItIsRequired(String options, String why) {
        String its = options.replace("FOLDER", folder.toString());
        try (Child app = ChildJvm.jvm().agent(its).startReady(PlainApp.class)) {
            assertThat(ProcStatus.threadNames(app.pid())).anyMatch(name -> name.startsWith("heliograph-"));
            app.tell("exit 7");
            assertThat(app.ended()).isEqualTo("exited 7");
            assertThat(app.err().all()).hasSizeLessThanOrEqualTo(1);
        }
        stopped(ChildJvm.jvm().agent(its + ",required=on"), app -> {}, why.replace("FOLDER", folder.toString()));
    }

    private static void runs(ChildJvm jvm, boolean isNative, String why) {
        runs(jvm.agent(isNative, ""), why);
    }

    /** The app runs as without the agent; and if the agent is required, it does not start. */
    private static void runs(ChildJvm jvm, String why) {
        runs(jvm, app -> {}, why);
    }

    private static void runs(ChildJvm jvm, Consumer<Child> begun, String why) {
        try (Child app = jvm.start(PlainApp.class)) {
            begun.accept(app);
            app.out().await("^ready$");
            assertThat(ProcStatus.threadNames(app.pid())).noneMatch(name -> name.startsWith("heliograph"));
            assertThat(handlers(app)).isEqualTo(plainHandlers());
            app.tell("exit 7");
            assertThat(app.ended()).isEqualTo("exited 7");
            assertThat(app.err().all()).singleElement().asString().startsWith(RUNS_WITHOUT + why);
        }
        stopped(jvm.environment("HELIOGRAPH_OPTIONS", "required=on"), begun, why);
    }

    private static void stopped(ChildJvm jvm, Consumer<Child> begun, String why) {
        try (Child app = jvm.start(PlainApp.class)) {
            begun.accept(app);
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.out().all()).doesNotContain("ready");
            assertThat(app.err().all()).singleElement().asString().startsWith("heliograph: " + why);
        }
    }

    /** What a JVM without the agent catches. */
    private static long plainHandlers() {
        try (Child plain = ChildJvm.jvm().startReady(PlainApp.class)) {
            return handlers(plain);
        }
    }

    /** The signals that it catches, without the one that the JDK takes when it first needs it. */
    private static long handlers(Child app) {
        long all = Long.parseUnsignedLong(ProcStatus.status(app.pid(), "SigCgt"), 16);
        return all & ~(1L << (JDKS_IO - 1));
    }
}
