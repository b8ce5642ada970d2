package io.heliograph.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.jmh.report.Figures.Row;
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

/** The report of made-up figures, whose ratios are known. */
final class ReportTest {
    private static final Machine MACHINE =
            new Machine("a processor", 2, "Linux 6", "unknown", "a JDK", "then", "later", "0.10", "1.00");

    @TempDir
    private Path folder;

    private final List<Measurement> measurements = new ArrayList<>();

    private void add(String question, String contender, String unit, int round, double p50) {
        add(question, contender, Map.of(), unit, round, p50);
    }

    private void add(
            String question, String contender, Map<String, String> parameters, String unit, int round, double p50) {
        double[] curve = new double[Measurement.percentiles().length];
        Arrays.fill(curve, p50);
        measurements.add(new Measurement(
                question, contender, parameters, unit, round, 100, p50, 2 * p50, 3 * p50, 4 * p50, curve, "seen"));
    }

    private String write(String causes) throws IOException {
        Path file = folder.resolve("causes.md");
        Files.writeString(file, causes);
        Report.write(new Results(MACHINE, "normal", measurements, List.of("python3 is not here")), folder, Causes.read(file));
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
        add("raise-to-worker", "sun.misc", "ns", 0, 100);
        add("raise-to-worker", "inline-blocking", "ns", 0, 10);
        add("raise-to-worker", "sun.misc", "ns", 1, 1000);
        add("raise-to-worker", "inline-blocking", "ns", 1, 100);
        add("raise-to-worker", "sun.misc", "ns", 2, 1000);
        add("raise-to-worker", "inline-blocking", "ns", 2, 10);
        add("raise-to-worker", "sun.misc", "ns", 3, 1000);
        Figures figures = new Figures(measurements);
        Row ours = new Row("raise-to-worker", "inline-blocking", Map.of(), "ns");
        assertThat(figures.ratio(ours.of("sun.misc"), ours)).hasValue(10);
        assertThat(figures.ratio(ours, ours.of("nobody"))).isEmpty();
    }

    @Test
    void boundsAreMetOrNotInALineEach() throws IOException {
        add("raise-to-worker", "sun.misc", "ns", 0, 120_000);
        add("raise-to-worker", "c-blocking", "ns", 0, 4_000);
        add("raise-to-worker", "inline-blocking", "ns", 0, 5_000);
        add("raise-to-worker", "inline-spinning", "ns", 0, 4_000);
        String report = write("""
                # text

                ## raise to inline worker, blocking: at most 1.15 of C with the same hops

                A system call
                more.

                ## start-up: at most 1.25 of an empty agent's

                no
                """);
        assertThat(lineWith(report, "raise to inline worker, blocking", "at least 20 times"))
                .endsWith("| 24.0 | met |");
        assertThat(lineWith(report, "raise to inline worker, blocking", "at most 1.15"))
                .endsWith("| 1.25 | **NOT MET**: A system call more. |");
        assertThat(lineWith(report, "raise to inline worker, spinning", "at least 40"))
                .endsWith("| 30.0 | **NOT MET**: no cause is known yet |");
        assertThat(lineWith(report, "raise to inline worker, spinning", "at most 1.15"))
                .endsWith("|  | not measured in this run |");
    }

    @Test
    void aBoundWithoutACauseIsReportedAllTheSame() throws IOException {
        add("allocation", "inline-blocking", "bytes", 0, 65);
        add("allocation", "inline-blocking", "threads", 0, 0);
        String report = write("");
        assertThat(lineWith(report, "one event, inline: bytes")).endsWith("**NOT MET**: no cause is known yet |");
        assertThat(lineWith(report, "one event, inline: threads")).endsWith("| 0.00 | met |");
    }

    @Test
    void aFurtherWorkerCostsTheSlope() throws IOException {
        for (int workers : List.of(1, 100, 1000)) {
            add("fan-out", "inline-blocking", Map.of("workers", "" + workers), "ns", 0, 1_000 + 40 * workers);
        }
        add("fan-out", "inline-blocking", Map.of("workers", "1000"), "ns", 1, 1); // of a round without the others
        String report = write("");
        assertThat(lineWith(report, "one more inline worker", "to 100")).endsWith("| 40.0 | met |");
        assertThat(lineWith(report, "one more inline worker", "from 100")).endsWith("| 40.0 | met |");
        assertThat(lineWith(report, "inline-blocking, workers 100 ")).contains("| 5.00 µs | 10.0 µs | 15.0 µs |");
        assertThat(report).contains("](workers.svg)");
    }

    @Test
    void tablesHaveTheRatiosAndWhatWasChecked() throws IOException {
        add("raise-to-worker", "nothing", "ns", 0, 50);
        add("raise-to-worker", "c-spinning", "ns", 0, 2_000);
        add("raise-to-worker", "sun.misc", "ns", 0, 90_000);
        add("raise-to-worker", "inline-spinning", "ns", 0, 2_500);
        String report = write("");
        assertThat(lineWith(report, "| inline-spinning |"))
                .isEqualTo("| inline-spinning | 2.50 µs | 5.00 µs | 7.50 µs | 36.0 | 1.25 | seen |");
        assertThat(lineWith(report, "| nothing |")).isEqualTo("| nothing | 50.0 ns | 100 ns | 150 ns |  |  | seen |");
    }

    @Test
    void theHeadSaysWhereAndWhatIsNotThere() throws IOException {
        add("outside", "blocking", "ns", 0, 1);
        String report = write("");
        assertThat(report)
                .contains("a processor, 2 cores", "Linux 6", "a JDK", "0.10 before, 1.00 after", "python3 is not here")
                .doesNotContain("other work to do", "smoke");
    }

    @Test
    void aBusyMachineIsNamed() {
        assertThat(new Machine("p", 2, "k", "g", "j", "b", "e", "0.60", "1").wasBusy())
                .isTrue();
        assertThat(new Machine("p", 2, "k", "g", "j", "b", "e", "unknown", "1").wasBusy())
                .isFalse();
    }

    @Test
    void plotsAreSvgWithALineForEachContender() throws Exception {
        add("raise-to-worker", "sun.misc", "ns", 0, 100_000);
        add("raise-to-worker", "inline-blocking", "ns", 0, 0); // a logarithmic axis has no 0
        add("raise-to-worker", "nothing", "ns", 0, 10);
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
        add("memory", "none", "KiB", 0, 100);
        add("busy", "none", "1/s", 0, 100);
        add("outside", "blocking", "ns", 0, 100);
        assertThat(write("")).contains("](latency-outside.svg)").doesNotContain("](latency-memory", "](latency-busy");
        assertThat(folder.resolve("latency-outside.svg")).exists();
        assertThat(folder.resolve("latency-memory.svg")).doesNotExist();
        assertThat(folder.resolve("latency-busy.svg")).doesNotExist();
    }

    @Test
    void resultsAreReadAsTheyWereWritten() throws IOException {
        add("raise-to-worker", "sun.misc", "ns", 0, 100);
        add("fan-out", "inline-blocking", Map.of("workers", "10"), "ns", 2, 7);
        write("");
        Results read = Results.read(folder.resolve("results.json"));
        assertThat(read)
                .usingRecursiveComparison()
                .isEqualTo(new Results(MACHINE, "normal", measurements, List.of("python3 is not here")));
    }

    @Test
    void timesHaveThreeDigits() {
        assertThat(List.of(Markdown.time(0), Markdown.time(999), Markdown.time(999.7), Markdown.time(94_321)))
                .containsExactly("0.00 ns", "999 ns", "1.00 µs", "94.3 µs");
        assertThat(Markdown.time(12_345_678)).isEqualTo("12.3 ms");
    }
}
