package io.heliograph.jmh.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command jmh/soak, for some seconds. */
final class SoakIT {
    private static final String HOME = System.getProperty("heliograph.home");

    @TempDir
    private Path folder;

    private record Ended(int status, List<String> lines, String errors) {}

    private Ended soak(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(HOME + "/jmh/soak"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            int status = process.waitFor();
            return new Ended(
                    status,
                    Files.readAllLines(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whereNothingLeaksItPasses() throws Exception {
        Ended ended = soak("0.05", "--every", "1");
        assertThat(ended.status).as(ended.toString()).isZero();
        assertThat(ended.errors).isEmpty();
        assertThat(ended.lines)
                .anyMatch(line -> line.matches(" +\\d+ s: [1-9][\\d,]* signals, arrived = dispatched .*"))
                .anyMatch(line -> line.matches("USR1 +arrived [1-9][\\d,]* = dispatched .*"))
                .anyMatch(line -> line.matches("([1-9][\\d,]*) raised and \\1 of them arrived; .*"))
                .anyMatch(line -> line.matches("soak of [1-9][\\d,]* signals in \\d+ s: passed"));
    }

    @ParameterizedTest
    @CsvSource({"descriptor, descriptors", "thread, threads"})
    void whereSomethingLeaksItFailsAndSaysWhat(String leak, String what) throws Exception {
        Ended ended = soak("0.05", "--leak", leak);
        assertThat(ended.status).as(ended.toString()).isEqualTo(1);
        assertThat(ended.lines)
                .filteredOn(line -> line.startsWith("FAILED: "))
                .singleElement()
                .asString()
                .startsWith("FAILED: " + what + " grew from ");
        assertThat(ended.lines).last().asString().endsWith(": FAILED");
    }

    @Test
    void itEndsWhereSoManySignalsHaveArrived() throws Exception {
        Ended ended = soak("--signals", "1", "--every", "1");
        assertThat(ended.status).as(ended.toString()).isZero();
        assertThat(ended.lines).filteredOn(line -> line.matches(" +\\d+ s: .*")).hasSize(2);
    }

    @Test
    void wrongUseIsOneLineAndStatus64() throws Exception {
        Ended ended = soak("--fast");
        assertThat(ended.status).isEqualTo(64);
        assertThat(ended.errors.lines())
                .singleElement()
                .asString()
                .startsWith("jmh/soak: --fast is no positive number: right are MINUTES");
    }
}
