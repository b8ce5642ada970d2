package io.heliograph.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The report of invented figures, whose ratios are known. */
final class ReportTest {
    private static final Machine MACHINE =
            new Machine("a processor", 2, "Linux 6", "unknown", "a JDK", "then", "later", "0.10", "0.20");
    private static final String COMMIT = "f00, with uncommitted changes";

    @TempDir
    private Path folder;

    private final List<Measurement> measurements = new ArrayList<>();

    private void add(String question, String contender, int round, double p50) {
        add(Row.ns(question, contender), round, p50, 100_000);
    }

    private void add(Row row, int round, double p50, long count) {
        double[] curve = new double[Measurement.percentiles().length];
        Arrays.fill(curve, p50);
        measurements.add(Measurement.of(row, count, p50, 2 * p50, 3 * p50, 4 * p50, curve, "seen")
                .inRound(round));
    }

    private Results results() {
        return new Results(MACHINE, COMMIT, "normal", measurements, List.of("python3 is not here"));
    }

    private String write(String causes) throws IOException {
        Path file = folder.resolve("causes.md");
        Files.writeString(file, causes);
        Report.write(results(), folder, Causes.read(file));
        return Files.readString(folder.resolve(Report.FILE));
    }

    private static String lineWith(String report, String... parts) {
        return report.lines()
                .filter(line -> Arrays.stream(parts).allMatch(line::contains))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line with " + List.of(parts) + " in " + report));
    }

    @Test
    void ratiosAreOfOneRoundEach() {
        // In the second round the machine was ten times slower. The ratio of the overall medians would be 100.
        add("raise-to-worker", "sun.misc", 0, 100);
        add("raise-to-worker", "inline-blocking", 0, 10);
        add("raise-to-worker", "sun.misc", 1, 1000);
        add("raise-to-worker", "inline-blocking", 1, 100);
        add("raise-to-worker", "sun.misc", 2, 1000);
        add("raise-to-worker", "inline-blocking", 2, 10);
        add("raise-to-worker", "sun.misc", 3, 1000);
        Figures figures = new Figures(measurements);
        Row ours = Row.ns("raise-to-worker", "inline-blocking");
        assertThat(figures.ratio(ours.of("sun.misc"), ours)).hasValueSatisfying(ratio -> {
            assertThat(ratio.getPercentile(50)).isEqualTo(10);
            assertThat(ratio.getMin()).isEqualTo(10);
            assertThat(ratio.getMax()).isEqualTo(100);
            assertThat(ratio.getN()).isEqualTo(3);
        });
        assertThat(figures.ratio(ours, ours.of("another"))).isEmpty();
    }

    @Test
    void eachBoundIsPrintedAsMetOrMissed() throws IOException {
        add("raise-to-worker", "sun.misc", 0, 120_000);
        add("raise-to-worker", "c-blocking", 0, 4_000);
        add("raise-to-worker", "inline-blocking", 0, 5_000);
        add("raise-to-worker", "inline-spinning", 0, 4_000);
        String report = write("""
                # text

                ## raise to inline worker, blocking: at most 1.15 of C with the same hops

                A system call |
                more.

                ## start-up: at most 1.25 of an empty agent's

                no
                """);
        assertThat(lineWith(report, "raise to inline worker, blocking", "at least 20 times"))
                .endsWith("| 24.0 | one round | met |");
        assertThat(lineWith(report, "raise to inline worker, blocking", "at most 1.15"))
                .endsWith("| 1.25 | one round | **NOT MET**: A system call \\| more. |");
        assertThat(lineWith(report, "raise to inline worker, spinning", "at least 40"))
                .endsWith("| 30.0 | one round | **NOT MET**: no cause is known yet |");
        assertThat(lineWith(report, "raise to inline worker, spinning", "at most 1.15"))
                .endsWith("|  |  | not measured in this run |");
    }

    @Test
    void aMissedBoundWithoutACauseIsPrintedAsMissed() throws IOException {
        add(Row.ns("allocation", "inline-blocking").in("bytes"), 0, 65, 100_000);
        add(Row.ns("allocation", "inline-blocking").in("threads"), 0, 0, 100_000);
        String report = write("");
        assertThat(lineWith(report, "one event, inline: bytes")).endsWith("**NOT MET**: no cause is known yet |");
        assertThat(lineWith(report, "one event, inline: threads")).endsWith("| 0.00 | one round | met |");
    }

    @Test
    void theSlopeIsTheCostOfOneMoreWorker() throws IOException {
        for (int workers : List.of(1, 100, 1000)) {
            add(Row.ns("fan-out", "inline-blocking").with("workers", workers), 0, 1_000 + 40 * workers, 100_000);
        }
        add(
                Row.ns("fan-out", "inline-blocking").with("workers", "1000"),
                1,
                1,
                100_000); // of a round without the others
        String report = write("");
        assertThat(lineWith(report, "one more inline worker", "to 100")).endsWith("| 40.0 | one round | met |");
        assertThat(lineWith(report, "one more inline worker", "from 100")).endsWith("| 40.0 | one round | met |");
        assertThat(lineWith(report, "inline-blocking, workers 100 ")).contains("| 5.00 µs | 10.0 µs | 15.0 µs |");
        assertThat(report).contains("](workers.svg)");
    }

    @Test
    void tablesHaveRatiosAndChecks() throws IOException {
        add("raise-to-worker", "nothing", 0, 50);
        add("raise-to-worker", "c-spinning", 0, 2_000);
        add("raise-to-worker", "sun.misc", 0, 90_000);
        add("raise-to-worker", "inline-spinning", 0, 2_500);
        String report = write("");
        assertThat(lineWith(report, "| inline-spinning |"))
                .isEqualTo("| inline-spinning | 2.50 µs | 5.00 µs | 7.50 µs | 36.0 | 1.25 | 1 | 100000 | seen |");
        assertThat(lineWith(report, "| nothing |"))
                .isEqualTo("| nothing | 50.0 ns | 100 ns | 150 ns |  |  | 1 | 100000 | seen |");
    }

    @Test
    void theRangeOfTheRoundsStandsBesideABound() throws IOException {
        for (int round = 0; round < 3; round++) {
            add("raise-to-worker", "sun.misc", round, 100_000);
            add(
                    "raise-to-worker",
                    "inline-blocking",
                    round,
                    List.of(4_000, 5_000, 10_000).get(round));
        }
        assertThat(lineWith(write(""), "raise to inline worker, blocking", "at least 20"))
                .endsWith("| 20.0 | 10.0–25.0, 3 rounds | met |");
    }

    @Test
    void percentilesWithFewSamplesBeyondThemAreOmitted() throws IOException {
        add(Row.ns("raise-to-worker", "sun.misc"), 0, 10, 499);
        add(Row.ns("raise-to-worker", "sun.misc"), 1, 10, 500);
        add(Row.ns("raise-to-worker", "c-spinning"), 0, 10, 500);
        add(Row.ns("raise-to-worker", "c-spinning"), 1, 10, 500);
        add(Row.ns("raise-to-worker", "c-blocking"), 0, 10, 10_000);
        String report = write("");
        assertThat(lineWith(report, "| sun.misc |")).startsWith("| sun.misc | 10.0 ns |  |  |");
        assertThat(lineWith(report, "| c-spinning |")).startsWith("| c-spinning | 10.0 ns | 20.0 ns |  |");
        assertThat(lineWith(report, "| c-blocking |")).startsWith("| c-blocking | 10.0 ns | 20.0 ns | 30.0 ns |");
        Figures figures = new Figures(measurements);
        Row row = Row.ns("raise-to-worker", "sun.misc");
        double[] percentiles = Measurement.percentiles();
        assertThat(percentiles[figures.curve(row).length - 1]).isEqualTo(98);
        assertThat(percentiles[figures.curve(row.of("c-spinning")).length - 1]).isEqualTo(99);
        assertThat(percentiles[figures.curve(row.of("c-blocking")).length - 1]).isEqualTo(99.9);
    }

    @Test
    void appsAreComparedWithNoAgentAndAnEmptyAgent() throws IOException {
        add(Row.ns("memory", "none").in("KiB"), 0, 100, 100_000);
        add(Row.ns("memory", "empty-agent").in("KiB"), 0, 125, 100_000);
        add(Row.ns("memory", "heliograph-agent").in("KiB"), 0, 150, 100_000);
        String report = write("");
        assertThat(lineWith(report, "| contender |"))
                .contains("of `none` | of `empty-agent`")
                .doesNotContain("sun.misc", "of C");
        assertThat(lineWith(report, "| heliograph-agent |")).contains("| 1.50 | 1.20 |");
        assertThat(lineWith(report, "| none |")).contains("|  | 0.80 |");
    }

    @Test
    void theHeadDescribesTheMachineAndWhatIsMissing() throws IOException {
        add("outside", "blocking", 0, 1);
        String report = write("");
        assertThat(report)
                .contains(
                        "a processor, 2 cores",
                        "Linux 6",
                        "a JDK",
                        "| load average before | 0.10 |",
                        "0.20 cores",
                        COMMIT,
                        "python3 is not here")
                .doesNotContain("other work to do", "smoke");
    }

    @Test
    void aBusyMachineIsNamed() {
        assertThat(loaded("0.60", "0.20").wasBusy()).isTrue();
        assertThat(loaded("0.40", "0.60").wasBusy()).isTrue();
        assertThat(loaded("0.40", "0.40").wasBusy()).isFalse();
        assertThat(loaded("unknown", "unknown").wasBusy()).isFalse();
    }

    private static Machine loaded(String before, String others) {
        return new Machine("p", 2, "k", "g", "j", "b", "e", before, others);
    }

    @Test
    void plotsAreSvgWithALineForEachContender() throws Exception {
        add("raise-to-worker", "sun.misc", 0, 100_000);
        add("raise-to-worker", "inline-blocking", 0, 0); // a logarithmic axis has no 0
        add("raise-to-worker", "nothing", 0, 10);
        String report = write("");
        assertThat(report).contains("](latency-raise-to-worker.svg)");
        Path file = folder.resolve("latency-raise-to-worker.svg");
        DocumentBuilderFactory xml = DocumentBuilderFactory.newInstance();
        xml.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document svg = xml.newDocumentBuilder().parse(file.toFile());
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(texts(svg)).contains("microseconds", "sun.misc", "inline-blocking", "99.9");
        assertThat(texts(svg)).doesNotContain("nothing");
        assertThat(elements(svg, "path").filter(path -> path.getAttribute("d").split("L").length > 50))
                .hasSize(2);
        assertThat(file).content().hasSizeLessThan(60_000);
    }

    private static Stream<Element> elements(Document svg, String name) {
        NodeList found = svg.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }

    /** Each as text, and not as outlines of its letters. */
    private static List<String> texts(Document svg) {
        return elements(svg, "text").map(Element::getTextContent).toList();
    }

    @Test
    void onlyTimesAreLatencies() throws IOException {
        add(Row.ns("memory", "none").in("KiB"), 0, 100, 100_000);
        add(Row.ns("busy", "none").in("1/s"), 0, 100, 100_000);
        add("outside", "blocking", 0, 100);
        assertThat(write("")).contains("](latency-outside.svg)").doesNotContain("](latency-memory", "](latency-busy");
        assertThat(folder.resolve("latency-outside.svg")).exists();
        assertThat(folder.resolve("latency-memory.svg")).doesNotExist();
        assertThat(folder.resolve("latency-busy.svg")).doesNotExist();
    }

    @Test
    void resultsAreReadAsTheyWereWritten() throws IOException {
        add("raise-to-worker", "sun.misc", 0, 100);
        add(Row.ns("fan-out", "inline-blocking").with("workers", "10"), 2, 7, 100_000);
        write("");
        Results read = Results.read(folder.resolve(Report.RESULTS));
        assertThat(read).usingRecursiveComparison().isEqualTo(results());
    }

    @Test
    void timesHaveThreeDigits() {
        assertThat(List.of(Report.time(0), Report.time(999), Report.time(999.7), Report.time(94_321)))
                .containsExactly("0.00 ns", "999 ns", "1.00 µs", "94.3 µs");
        assertThat(Report.time(12_345_678)).isEqualTo("12.3 ms");
    }
}
