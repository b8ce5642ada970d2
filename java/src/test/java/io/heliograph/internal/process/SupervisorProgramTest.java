package io.heliograph.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.process.SupervisorProgram.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to the supervisor's program. */
class SupervisorProgramTest {
    @TempDir
    private Path folder;

    @Test
    void theCopyInMemoryRuns() throws IOException {
        NativeLibrary.require();
        Program program = SupervisorProgram.inMemory();
        SupervisorProgram.tryOut(program.path());
        program.close();
        assertThatThrownBy(() -> SupervisorProgram.tryOut(program.path())).isInstanceOf(IOException.class);
    }

    @Test
    void theUnpackedCopyRunsAndLeavesNothing() throws IOException {
        NativeLibrary.require();
        Program program = SupervisorProgram.unpackedIn(folder.toString());
        SupervisorProgram.tryOut(program.path());
        assertThat(folder).isEmptyDirectory();
        program.close();
    }

    @Test
    void whatIsNoSupervisorOfThisBuildIsPassedOver() throws IOException {
        NativeLibrary.require();
        Program another = anotherProgram();
        Map<String, SupervisorProgram.Way> ways = new LinkedHashMap<>();
        ways.put("another one", () -> another);
        ways.put("memory", SupervisorProgram::inMemory);
        assertThat(SupervisorProgram.first(ways)).startsWith("/proc/");
    }

    @Test
    void whereNoWayWorksOneMessageNamesThemAll() throws IOException {
        Program another = anotherProgram();
        Path notToBeRun = Files.writeString(folder.resolve("file"), "");
        Map<String, SupervisorProgram.Way> ways = new LinkedHashMap<>();
        ways.put("another one", () -> another);
        ways.put("a file", () -> new Program(notToBeRun.toString(), null));
        assertThatThrownBy(() -> SupervisorProgram.first(ways))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("heliograph's supervisor of processes cannot be run\\. "
                        + "Tried \\(1\\) another one: it says that its version is \"\", and the jar's is "
                        + "[0-9.]+: take both from one build; \\(2\\) a file: .*error.*13.*Permission denied.*"
                        + "\\. Name a folder that is writable and not mounted noexec with -Dheliograph.tmpdir=FOLDER, "
                        + "or the program itself with -Dheliograph.supervisor=PATH");
    }

    private Program anotherProgram() throws IOException {
        Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return new Program(script.toString(), null);
    }
}
