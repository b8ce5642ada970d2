package io.heliograph.jmh.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.jmh.benchmarks.RaiseToWorker;
import io.heliograph.jmh.report.Figures.Row;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user gives it, in its shortest form. */
final class RunIT {
    private static final Path HOME =
            Path.of(System.getProperty("heliograph.home")).toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private record Ended(int status, String output, String errors) {}

    private Ended run(Path home, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("jmh/run").toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            int status = process.waitFor();
            return new Ended(status, read(output), read(errors));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Test
    void everyPlannedRowIsInTheReport() throws Exception {
        Path out = folder.resolve("out");
        Ended ended = run(HOME, "--smoke", "--out", out.toString());
        assertThat(ended.status).as(ended.errors + ended.output).isZero();
        Workplace workplace = new Workplace(HOME, out.toRealPath(), Effort.SMOKE);
        List<String> planned = new ArrayList<>();
        for (Cell cell : Plan.cells(workplace, note -> {})) {
            for (Row row : cell.rows()) {
                planned.add(row(row.question(), row.contender(), row.parameters(), row.unit()));
            }
        }
        List<String> found = new ArrayList<>();
        String report = read(out.resolve("report.md"));
        for (Measurement measurement : Results.read(out.resolve("results.json")).measurements()) {
            found.add(
                    row(measurement.question(), measurement.contender(), measurement.parameters(), measurement.unit()));
            assertThat(report).contains("| " + measurement.contender(), measurement.check());
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(planned);
        assertThat(report).contains("## Bounds", "A smoke run: the figures mean nothing");
        assertThat(out.resolve("latency-raise-to-worker.svg")).isNotEmptyFile();
        assertThat(out.resolve("workers.svg")).isNotEmptyFile();
        assertThat(ended.output).contains("The report is " + out.toRealPath().resolve("report.md"));
    }

    private static String row(String question, String contender, Map<String, String> parameters, String unit) {
        return question + ", " + contender + ", " + parameters + ", " + unit;
    }

    /** The same tree but for one program, which does not do its work. */
    @Test
    void aFailingCellFailsTheRun() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        link(home, "pom.xml", "java/pom.xml", "java/src", "java/target/heliograph.jar", "native", "jmh");
        link(home, "java/target/native/build.log");
        Path program = home.resolve("java/target/native/bin/register_floor");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\necho 'round 7: another disposition' >&2\nexit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Path out = folder.resolve("out");
        Ended ended = run(home, "--smoke", "--only", "registering", "--out", out.toString());
        assertThat(ended.status).as(ended.errors + ended.output).isEqualTo(1);
        assertThat(ended.errors)
                .isEqualTo("jmh/run: failed: registering, c-sigaction, round 1: register_floor ended with status 1:"
                        + " round 7: another disposition\n");
        assertThat(out.resolve("report.md")).doesNotExist();
    }

    private static void link(Path home, String... names) throws IOException {
        for (String name : names) {
            Path link = home.resolve(name);
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, HOME.resolve(name));
        }
    }

    @Test
    void aBenchmarkThatFailsIsAFailureWithItsReason() {
        Workplace workplace = new Workplace(HOME, folder, Effort.SMOKE);
        Cell cell = new JmhCell("raise-to-worker", RaiseToWorker.class, "carrier-pigeon");
        assertThatThrownBy(() -> cell.measure(workplace))
                .hasMessageContaining("carrier-pigeon is no contender")
                .hasMessageContaining("has what JMH says");
    }

    @Test
    void aWrongOptionIsOneLineAndStatus64() throws Exception {
        Ended ended = run(HOME, "--fast");
        assertThat(ended.status).isEqualTo(64);
        assertThat(ended.errors.lines()).singleElement().asString().startsWith("jmh/run: there is no option --fast");
        assertThat(run(HOME, "--only", "tea").status).isEqualTo(64);
    }
}
