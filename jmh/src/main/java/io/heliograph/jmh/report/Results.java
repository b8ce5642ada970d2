package io.heliograph.jmh.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that a run has measured.
 *
 * @param commit of the sources, as jmh/run has found it
 * @param effort smoke, normal or full
 * @param notes what is missing and why, a line each
 */
public record Results(
        Machine machine, String commit, String effort, List<Measurement> measurements, List<String> notes) {
    private static final ObjectMapper JSON = new JsonMapper();

    public Results {
        measurements = List.copyOf(measurements);
        notes = List.copyOf(notes);
    }

    public void write(Path file) throws IOException {
        Files.write(file, JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this));
    }

    public static Results read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Results.class);
    }

    /** A measurement as a line, as the programs print it. */
    public static String line(Measurement measurement) throws IOException {
        return JSON.writeValueAsString(measurement);
    }

    public static Measurement measurement(String line) throws IOException {
        return JSON.readValue(line, Measurement.class);
    }
}
