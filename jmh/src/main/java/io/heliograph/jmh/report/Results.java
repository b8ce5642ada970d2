package io.heliograph.jmh.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a run has measured, and where.
 *
 * @param commit of the sources: {@link Commit#of}
 * @param effort smoke, normal or full
 * @param notes what is not there and why, a line each
 */
public record Results(
        Machine machine, String commit, String effort, List<Measurement> measurements, List<String> notes) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final ObjectMapper LINE = new JsonMapper();

    public Results {
        measurements = List.copyOf(measurements);
        notes = List.copyOf(notes);
    }

    public void write(Path file) throws IOException {
        Files.write(file, JSON.writeValueAsBytes(this));
    }

    public static Results read(Path file) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), Results.class);
    }

    /** A measurement as one line of JSON, which a program prints that is a process of its own. */
    public static String line(Measurement measurement) throws IOException {
        return LINE.writeValueAsString(measurement);
    }

    /** What such a program, or one of native/bench, has printed. */
    public static Measurement measurement(String line) throws IOException {
        return LINE.readValue(line, Measurement.class);
    }
}
