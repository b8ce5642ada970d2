package io.heliograph.jmh.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.jmh.benchmarks.RaiseToWorker;
import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Effort;
import io.heliograph.jmh.cell.JmhCell;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Report;
import io.heliograph.jmh.report.Results;
import io.heliograph.jmh.report.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands jmh/run and benchmarks.jar, as a user gives them. */
final class RunIT {
    private static final Path HOME =
            Path.of(System.getProperty("heliograph.home")).toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private record Ended(int status, String output, String errors) {}

    private Ended run(Path home, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("jmh/run").toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Ended run(List<String> command) throws Exception {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
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
        List<Row> planned = Plan.cells(new Workplace(HOME, out, folder, Effort.SMOKE), note -> {}).stream()
                .flatMap(cell -> cell.rows().stream())
                .toList();
        List<Measurement> measured = Results.read(out.resolve(Report.RESULTS)).measurements();
        assertThat(measured).extracting(Measurement::row).containsExactlyInAnyOrderElementsOf(planned);
        String report = read(out.resolve(Report.FILE));
        for (Measurement measurement : measured) {
            Row row = measurement.row();
            assertThat(report).contains("| " + row.question() + " | " + row.name() + " | ");
            assertThat(measurement.check()).isNotBlank();
        }
        assertThat(report).containsPattern("\\| commit \\| (unknown|[0-9a-f]{40})");
        assertThat(report).contains("## Bounds", "A smoke run: the figures mean nothing");
        assertThat(read(out.resolve("readme.md")))
                .contains("| Heliograph, inline worker | ")
                .doesNotContain("not measured");
        assertThat(ended.output).contains("The report is " + out.resolve(Report.FILE));
    }

    /** The same tree, but one program does not do its work. */
    @Test
    void aFailingCellFailsTheRun() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        link(home, "build-if-stale", "java/target/heliograph.jar", "jmh");
        Path program = home.resolve("java/target/native/bin/burst_floor");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\necho 'round 7: another handler' >&2\nexit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Path out = folder.resolve("out");
        Ended ended = run(home, "--smoke", "--only", "burst", "--out", out.toString());
        assertThat(ended.status).as(ended.errors + ended.output).isEqualTo(1);
        assertThat(ended.errors.lines()).hasSize(2).first().isEqualTo("round 7: another handler");
        assertThat(ended.errors.lines())
                .last()
                .asString()
                .startsWith("jmh/run: failed: burst, c-blocking, round 1: ")
                .contains("/burst_floor, ", " has ended with status 1");
        assertThat(out.resolve(Report.FILE)).doesNotExist();
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
        Workplace workplace = new Workplace(HOME, folder, folder, Effort.SMOKE);
        Cell cell = new JmhCell(RaiseToWorker.class, Row.ns("raise-to-worker", "carrier-pigeon"));
        assertThatThrownBy(() -> cell.measure(workplace))
                .hasMessageContaining("there is no contender carrier-pigeon")
                .hasMessageContaining("; see ");
    }

    @Test
    void aWrongOptionIsOneLineAndStatus64() throws Exception {
        Ended ended = run(HOME, "--fast");
        assertThat(ended.status).isEqualTo(64);
        assertThat(ended.errors.lines()).singleElement().asString().startsWith("jmh/run: there is no option --fast");
    }

    private String benchmarks(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Workplace.jdk("java"),
                "-jar",
                HOME.resolve("jmh/target/benchmarks.jar").toString()));
        command.addAll(List.of(arguments));
        Ended ended = run(command);
        assertThat(ended.status).as(ended.errors + ended.output).isZero();
        return ended.output;
    }

    @Test
    void theJarListsTheBenchmarks() throws Exception {
        String all = "io.heliograph.jmh.benchmarks.";
        assertThat(benchmarks("-l").lines())
                .filteredOn(line -> line.startsWith(all))
                .containsExactlyInAnyOrder(
                        all + "Allocation.raiseToWorker", all + "Burst.burst", all + "RaiseToWorker.raiseToWorker");
    }

    /** Alone, without the tree: with the native library from the jar. */
    @Test
    void theJarRunsABenchmarkAndWritesJson() throws Exception {
        Path json = folder.resolve("result.json");
        String output =
                benchmarks(("RaiseToWorker -p contender=inline-blocking -f 1 -wi 0 -i 1 -r 100ms -rf json -rff " + json)
                        .split(" "));
        JsonNode results = new ObjectMapper().readTree(json.toFile());
        assertThat(results).as(output).hasSize(1);
        JsonNode row = results.get(0);
        assertThat(row.path("benchmark").asText())
                .isEqualTo("io.heliograph.jmh.benchmarks.RaiseToWorker.raiseToWorker");
        assertThat(row.path("params").path("contender").asText()).isEqualTo("inline-blocking");
        assertThat(row.path("primaryMetric").path("score").asDouble()).isPositive();
        assertThat(output).doesNotContain("WARNING: A restricted method");
    }
}
