package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.CSources;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers that C and Java share stand once, in C. What Java repeats of them is compared here. */
class SharedNumbersTest {
    private static final Path JAVA = Path.of(System.getProperty("basedir"), "src", "main", "java");

    private final CSources c =
            CSources.in(Path.of(System.getProperty("basedir")).resolveSibling("native"));

    SharedNumbersTest() throws IOException {}

    /** Each constant of an enum in C, and where Java has it; "-" where Java has no use for it, "*" where it is the default. */
    @ParameterizedTest
    @CsvSource({
        "HELIOGRAPH_DEFAULT_DUE=RecordBuffer.FLAG_DEFAULT_DUE HELIOGRAPH_LOST=RecordBuffer.FLAG_LOST "
                + "HELIOGRAPH_ATTACHES=RecordBuffer.FLAG_ATTACHES "
                + "HELIOGRAPH_FIRST_REQUEST=RecordBuffer.FIRST_REQUEST "
                + "HELIOGRAPH_REPEATED_REQUEST=RecordBuffer.REPEATED_REQUEST "
                + "HELIOGRAPH_SECOND_REQUEST=RecordBuffer.SECOND_REQUEST",
        "HELIOGRAPH_HOLD_NOT_ENDED=- HELIOGRAPH_HOLD_RELEASED=ShutdownThreads.HOLD_RELEASED "
                + "HELIOGRAPH_HOLD_REQUEST=ShutdownThreads.HOLD_REQUEST HELIOGRAPH_HOLD_TIME=*",
        "HELIOGRAPH_SENT=EventDecoder.SENT HELIOGRAPH_QUEUED=EventDecoder.QUEUED "
                + "HELIOGRAPH_CHILD_CHANGED=EventDecoder.CHILD_CHANGED "
                + "HELIOGRAPH_TIMER_EXPIRED=EventDecoder.TIMER_EXPIRED HELIOGRAPH_FROM_KERNEL=*",
        "HELIOGRAPH_PROCESS_KNOWN=Lineage.FLAG_KNOWN HELIOGRAPH_PROCESS_HAS_UID=Lineage.FLAG_HAS_UID "
                + "HELIOGRAPH_PROCESS_ENDED=Lineage.FLAG_ENDED",
        "HELIOGRAPH_HOLD_NONE=DispositionReader.HOLD_NONE HELIOGRAPH_HOLD_HELD=DispositionReader.HOLD_HELD "
                + "HELIOGRAPH_HOLD_BENEATH=*",
        "SUPERVISOR_STARTED=StatusPipe.STARTED SUPERVISOR_FAILED=StatusPipe.FAILED "
                + "SUPERVISOR_EXITED=StatusPipe.EXITED SUPERVISOR_KILLED=StatusPipe.KILLED "
                + "SUPERVISOR_DUMPED=StatusPipe.DUMPED SUPERVISOR_STOPPED=StatusPipe.STOPPED "
                + "SUPERVISOR_CONTINUED=StatusPipe.CONTINUED SUPERVISOR_EMPTY=StatusPipe.EMPTY "
                + "SUPERVISOR_LEFT=StatusPipe.LEFT SUPERVISOR_DENIED=StatusPipe.DENIED",
        "RAISE_DONE=Raise.DONE RAISE_CONSUMED=Raise.CONSUMED RAISE_GONE=Raise.GONE RAISE_RUNS=Raise.RUNS "
                + "RAISE_WAITS=Raise.WAITS RAISE_NATIVE=Raise.NATIVE RAISE_UNBROKEN=* RAISE_BLOCKED=* "
                + "RAISE_WAITS_FREELY=Raise.WAITS_FREELY RAISE_SENT=* RAISE_SENT_PARKED=Raise.SENT_PARKED "
                + "RAISE_TRACED=-",
        "HELIOGRAPH_REPORT_ARRIVED=NativeReport.ARRIVED HELIOGRAPH_REPORT_DRAINED=- "
                + "HELIOGRAPH_REPORT_EXIT_BEGUN=NativeReport.EXIT_BEGUN HELIOGRAPH_REPORT_VM_STOPPED=- "
                + "HELIOGRAPH_REPORT_DEADLINE=- HELIOGRAPH_REPORT_SECOND=- HELIOGRAPH_REPORT_STEPS=-",
        "RAISE_READY=Raiser.READY RAISE_REFUSED=Raiser.REFUSED RAISE_UNKNOWN=*",
        "RAISE_IN_BODY=Raise.IN_BODY RAISE_PATIENT=Raise.PATIENT RAISE_INTERRUPTED=Raise.INTERRUPTED "
                + "RAISE_VIRTUAL=Raise.VIRTUAL",
        "PLACE_METHOD=PendingThrow.METHOD PLACE_LOCATION=- PLACE_DEPTH=- PLACE_STATE=- PLACE_CPU_TIME=PendingThrow.CPU_TIME "
                + "PLACE_NUMBERS=NativeRaise.PLACE_NUMBERS",
    })
    void theConstantsOfAnEnum(String table) throws Exception {
        Map<String, String> mirrors = Stream.of(table.split(" "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Map<String, Integer> constants = c.enumWith(table.substring(0, table.indexOf('=')));
        assertThat(mirrors.keySet()).as("all constants of the enum").isEqualTo(constants.keySet());
        for (Map.Entry<String, String> mirror : mirrors.entrySet()) {
            if (mirror.getValue().length() > 1) {
                assertThat(java(mirror.getValue()))
                        .as("%s, which is %s in C", mirror.getValue(), mirror.getKey())
                        .isEqualTo(constants.get(mirror.getKey()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SUPERVISOR_PASSED_ON, NativeProcess.PASSED_ON",
        "SUPERVISOR_WAKE, NativeProcess.WAKE",
        "SUPERVISOR_FROM_KERNEL, NativeProcess.FROM_KERNEL",
        "TICK_NS, RunningTime.TICK_NANOS",
        "GONE, NativeProcess.GONE",
        "VM_IS_DEAD, Native.VM_IS_DEAD",
        "HELIOGRAPH_REPORT_BYTES, NativeReport.MOST_BYTES",
        "HELIOGRAPH_REPORT_UNLESS_IN_ORDER, NativeReport.UNLESS_IN_ORDER",
        "HELIOGRAPH_REPORT_STEPS_HERE, NativeReport.STEPS_HERE",
        "HELIOGRAPH_MOST_ANCESTORS, Lineage.MOST_ANCESTORS",
        "HELIOGRAPH_MOST_ANCESTORS, SenderFacts.MOST_ANCESTORS",
    })
    void aDefine(String inC, String inJava) throws Exception {
        assertThat(java(inJava)).as(inJava).isEqualTo(c.number(inC));
    }

    @ParameterizedTest
    @CsvSource({
        "heliograph_process, started, Lineage.STARTED",
        "heliograph_process, uid, Lineage.UID",
        "heliograph_process, flags, Lineage.FLAGS",
        "heliograph_process, command_length, Lineage.COMMAND_LENGTH",
        "heliograph_process, arguments_length, Lineage.ARGUMENTS_LENGTH",
        "heliograph_process, command, Lineage.COMMAND",
        "heliograph_process, arguments, Lineage.ARGUMENTS",
        "heliograph_lineage, processes, Lineage.PROCESSES",
        "heliograph_disposition, kind, DispositionReader.KIND",
        "heliograph_disposition, ours, DispositionReader.OURS",
        "heliograph_disposition, library, DispositionReader.LIBRARY",
        "heliograph_disposition, hold, DispositionReader.HOLD",
        "heliograph_disposition, installed, DispositionReader.INSTALLED",
        "heliograph_disposition, on_top, DispositionReader.ON_TOP",
        "heliograph_disposition, beneath, DispositionReader.BENEATH",
        "heliograph_disposition, beneath_library, DispositionReader.BENEATH_LIBRARY",
    })
    void theOffsetOfAField(String struct, String field, String inJava) throws Exception {
        assertThat(java(inJava))
                .as(inJava)
                .isEqualTo(c.struct(struct).get(field).offset());
    }

    @ParameterizedTest
    @CsvSource({
        "heliograph_record, sizeof, RecordBuffer.RECORD_BYTES",
        "heliograph_process, sizeof, Lineage.PROCESS_BYTES",
        "heliograph_process, arguments, Lineage.MOST_ARGUMENTS",
        "heliograph_disposition, library, DispositionReader.TEXT_BYTES",
        "supervisor_record, sizeof, StatusPipe.RECORD_BYTES",
    })
    void theSizeOfAField(String struct, String field, String inJava) throws Exception {
        assertThat(java(inJava))
                .as(inJava)
                .isEqualTo(c.struct(struct).get(field).size());
    }

    /** RecordBuffer has its offsets in its methods. */
    @Test
    void theOffsetsInARecord() throws IOException {
        Map<String, Integer> inC = new TreeMap<>();
        c.struct("heliograph_record").forEach((name, field) -> inC.put(name, field.offset()));
        inC.keySet().removeAll(List.of("sizeof", "reserved"));
        Map<String, Integer> inJava = new TreeMap<>();
        Pattern method = Pattern.compile("(\\w+)\\(int record\\) \\{\\s+return \\(?bytes\\.get(?:Int|Long)\\("
                + "record \\* RECORD_BYTES(?: \\+ (\\d+))?\\)");
        for (MatchResult found : matches(method, "RecordBuffer")) {
            String name = switch (found.group(1)) {
                case "arrivedAt" -> "arrived_ns";
                case "isDefaultDue", "isLost", "attaches", "request" -> "flags";
                default -> found.group(1);
            };
            int offset = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
            assertThat(inJava.getOrDefault(name, offset)).as(name).isEqualTo(offset);
            inJava.put(name, offset);
        }
        assertThat(inJava).isEqualTo(inC);
    }

    @Test
    void theKindsOfDispositions() throws IOException {
        Map<String, Integer> inC = c.enumWith("HELIOGRAPH_KIND_DEFAULT");
        assertThat(inC).hasSameSizeAs(Disposition.Kind.values());
        List<MatchResult> cases = matches(Pattern.compile("case (\\d) -> Kind\\.(\\w+);"), "DispositionReader");
        assertThat(cases).hasSize(inC.size() - 1); // the last is the default
        for (MatchResult one : cases) {
            assertThat(inC).containsEntry("HELIOGRAPH_KIND_" + one.group(2), Integer.parseInt(one.group(1)));
        }
    }

    private static int java(String constant) throws Exception {
        String[] parts = constant.split("\\.");
        Path file = source(parts[0]);
        String name =
                JAVA.relativize(file).toString().replaceAll("\\.java$", "").replace('/', '.');
        Field field = Class.forName(name).getDeclaredField(parts[1]);
        field.setAccessible(true);
        return field.getInt(null);
    }

    private static List<MatchResult> matches(Pattern pattern, String name) throws IOException {
        return pattern.matcher(Files.readString(source(name))).results().toList();
    }

    /** A class is found by its simple name, in whichever package it lies. */
    private static Path source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(JAVA)) {
            return files.filter(file -> file.endsWith(name + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + ".java in " + JAVA));
        }
    }
}
