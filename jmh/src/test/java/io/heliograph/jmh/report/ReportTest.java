package io.heliograph.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        add("outside", "sun.misc", 0, 100);
        add("outside", "heliograph", 0, 10);
        add("outside", "sun.misc", 1, 1000);
        add("outside", "heliograph", 1, 100);
        add("outside", "sun.misc", 2, 1000);
        add("outside", "heliograph", 2, 10);
        add("outside", "sun.misc", 3, 1000);
        Figures figures = new Figures(measurements);
        Row ours = Row.ns("outside", "heliograph");
        assertThat(figures.ratio(Measurement::p50, ours.of("sun.misc"), ours)).hasValueSatisfying(ratio -> {
            assertThat(ratio.getPercentile(50)).isEqualTo(10);
            assertThat(ratio.getMin()).isEqualTo(10);
            assertThat(ratio.getMax()).isEqualTo(100);
            assertThat(ratio.getN()).isEqualTo(3);
        });
        assertThat(figures.ratio(Measurement::p50, ours, ours.of("another"))).isEmpty();
    }

    @Test
    void eachBoundIsPrintedAsMetOrMissed() throws IOException {
        add("raise-to-worker", "c-blocking", 0, 4_000);
        add("raise-to-worker", "inline-blocking", 0, 5_000);
        add("raise-to-worker", "inline-spinning", 0, 4_000);
        add("interrupted-thread", "c-write-64", 0, 4_000);
        add("interrupted-thread", "not-looking", 0, 4_400);
        String report = write("""
                # text

                ## raise to inline worker, blocking: at most 1.1 of C with the same hops

                A system call |
                more.

                ## start-up by -javaagent: at most 1.35 of an empty -javaagent's

                no
                """);
        assertThat(lineWith(report, "raise to inline worker, blocking"))
                .endsWith("| 1.25 | one round | **NOT MET**: A system call \\| more. |");
        assertThat(lineWith(report, "raise to inline worker, spinning")).endsWith("|  |  | not measured in this run |");
        assertThat(lineWith(report, "cost to the interrupted thread")).endsWith("| 1.10 | one round | met |");
    }

    /** The peer that is missing, or slower, does not count. */
    @Test
    void aBoundOfTheBetterOfTwoIsOfTheBetterInEachRound() throws IOException {
        add("outside", "heliograph", 0, 30);
        add("outside", "python3", 0, 20);
        assertThat(lineWith(write(""), "the better of Python and Node"))
                .endsWith("| 1.50 | one round | **NOT MET**: no cause is known yet |");
        add("outside", "node", 0, 40);
        assertThat(lineWith(write(""), "the better of Python and Node")).contains("| 1.50 | one round |");
        add("outside", "heliograph", 1, 30);
        add("outside", "python3", 1, 60);
        add("outside", "node", 1, 30);
        assertThat(lineWith(write(""), "the better of Python and Node")).contains("| 1.00–1.50, 2 rounds |");
    }

    @Test
    void aBoundOfTheTailIsOfThe99thPercentile() throws IOException {
        measurements.add(
                Measurement.of(Row.ns("outside-busy", "heliograph"), 5_000, 10, 100, 100, 100, new double[0], "seen"));
        measurements.add(Measurement.of(
                Row.ns("outside-busy", "sun.misc"), 5_000, 100, 2_000, 2_000, 2_000, new double[0], "seen"));
        String report = write("");
        assertThat(lineWith(report, "busy machine, median")).endsWith("| 0.10 | one round | met |");
        assertThat(lineWith(report, "busy machine, 99th")).endsWith("| 0.05 | one round | met |");
    }

    @Test
    void aThroughputIsBoundedFromBelow() throws IOException {
        add(Row.ns("idle", "empty-agent").in("1/s"), 0, 1_000, 100_000);
        add(Row.ns("idle", "heliograph-agent").in("1/s"), 0, 960, 100_000);
        assertThat(lineWith(write(""), "throughput")).contains("| 0.96 | one round | **NOT MET**");
        measurements.clear();
        add(Row.ns("idle", "empty-agent").in("1/s"), 0, 1_000, 100_000);
        add(Row.ns("idle", "heliograph-agent").in("1/s"), 0, 1_100, 100_000);
        assertThat(lineWith(write(""), "throughput")).endsWith("| 1.10 | one round | met |");
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
    void theTableHasRatios() throws IOException {
        add("outside", "c-two-hops-slice", 0, 2_000);
        add("outside", "sun.misc", 0, 90_000);
        add("outside", "heliograph", 0, 2_500);
        add(Row.ns("idle", "empty-agent").in("KiB"), 0, 125, 100_000);
        add(Row.ns("idle", "heliograph-agent").in("KiB"), 0, 150, 100_000);
        String report = write("");
        assertThat(lineWith(report, "| outside | heliograph |"))
                .isEqualTo(
                        "| outside | heliograph | 2.50 µs | 5.00 µs | 7.50 µs | 1.25 of `c-two-hops-slice` | 36.0 |");
        assertThat(lineWith(report, "| idle | heliograph-agent |"))
                .contains("| 150 KiB |", "| 1.20 of `empty-agent` |");
    }

    /** A screen has some 50 lines. */
    @Test
    void theReportFitsOnTwoScreens() throws IOException {
        List<Row> planned = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            planned.add(Row.ns("outside", "contender " + i));
        }
        planned.forEach(row -> add(row, 0, 100, 100_000));
        assertThat(write("").lines()).hasSizeLessThan(120);
    }

    @Test
    void thePartForTheReadmeIsASmallTableAndASentence() throws IOException {
        add("outside", "heliograph", 0, 20_000);
        add("outside-busy", "heliograph", 0, 21_000);
        add("outside-busy", "node", 0, 5_000_000);
        add(Row.ns("allocation", "inline-blocking").in("bytes"), 0, 40, 1);
        add("start-up", "empty-agent", 0, 100);
        add("start-up", "heliograph-agent", 0, 130);
        write("");
        String part = Files.readString(folder.resolve("readme.md"));
        assertThat(part.lines())
                .contains(
                        "| Heliograph, inline worker | 20.0 µs | 40.0 µs | 21.0 µs | 42.0 µs |",
                        "| Node |  |  | 5.00 ms | 10.0 ms |");
        assertThat(part).contains("allocates 40.0 bytes", "1.30 with `-javaagent`");
    }

    @Test
    void theRangeOfTheRoundsStandsBesideABound() throws IOException {
        for (int round = 0; round < 3; round++) {
            add("raise-to-worker", "c-blocking", round, 5_000);
            add(
                    "raise-to-worker",
                    "inline-blocking",
                    round,
                    List.of(4_000, 5_000, 10_000).get(round));
        }
        assertThat(lineWith(write(""), "raise to inline worker, blocking"))
                .endsWith("| 1.00 | 0.80–2.00, 3 rounds | met |");
    }

    @Test
    void percentilesWithFewSamplesBeyondThemAreOmitted() throws IOException {
        add(Row.ns("raise-to-worker", "sun.misc"), 0, 10, 499);
        add(Row.ns("raise-to-worker", "sun.misc"), 1, 10, 500);
        add(Row.ns("raise-to-worker", "c-spinning"), 0, 10, 500);
        add(Row.ns("raise-to-worker", "c-spinning"), 1, 10, 500);
        add(Row.ns("raise-to-worker", "c-blocking"), 0, 10, 10_000);
        String report = write("");
        assertThat(lineWith(report, "| sun.misc |")).startsWith("| raise-to-worker | sun.misc | 10.0 ns |  |  |");
        assertThat(lineWith(report, "| c-spinning |"))
                .startsWith("| raise-to-worker | c-spinning | 10.0 ns | 20.0 ns |  |");
        assertThat(lineWith(report, "| c-blocking |"))
                .startsWith("| raise-to-worker | c-blocking | 10.0 ns | 20.0 ns | 30.0 ns |");
        Figures figures = new Figures(measurements);
        Row row = Row.ns("raise-to-worker", "sun.misc");
        double[] percentiles = Measurement.percentiles();
        assertThat(percentiles[figures.curve(row).length - 1]).isEqualTo(98);
        assertThat(percentiles[figures.curve(row.of("c-spinning")).length - 1]).isEqualTo(99);
        assertThat(percentiles[figures.curve(row.of("c-blocking")).length - 1]).isEqualTo(99.9);
    }

    @Test
    void theHeadDescribesTheMachineAndWhatIsMissing() throws IOException {
        add("outside", "heliograph", 0, 1);
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
    void thePlotIsSvgWithALineForEachContenderQuietAndBusy() throws Exception {
        add("outside", "sun.misc", 0, 100_000);
        add("outside", "heliograph", 0, 0); // a logarithmic axis has no 0
        add("outside-busy", "heliograph", 0, 10);
        add("burst", "heliograph", 0, 10);
        assertThat(write("")).contains("](latency.svg)");
        Path file = folder.resolve("latency.svg");
        DocumentBuilderFactory xml = DocumentBuilderFactory.newInstance();
        xml.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document svg = xml.newDocumentBuilder().parse(file.toFile());
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(texts(svg)).contains("microseconds", "sun.misc", "heliograph", "heliograph, busy", "99.9");
        assertThat(elements(svg, "path").filter(path -> path.getAttribute("d").split("L").length > 50))
                .hasSize(3);
        assertThat(file).content().hasSizeLessThan(60_000);
    }

    @Test
    void withoutLatenciesThereIsNoPlot() throws IOException {
        add("burst", "sun.misc", 0, 100);
        assertThat(write("")).doesNotContain(".svg");
        assertThat(folder.resolve("latency.svg")).doesNotExist();
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
    void resultsAreReadAsTheyWereWritten() throws IOException {
        add("raise-to-worker", "sun.misc", 0, 100);
        add(new Row("burst", "inline-blocking", Map.of("size", "10"), "ns"), 2, 7, 100_000);
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
