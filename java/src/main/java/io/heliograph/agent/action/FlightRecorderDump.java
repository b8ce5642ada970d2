package io.heliograph.agent.action;

import io.heliograph.internal.text.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/** A dump of Flight Recorder. To be loaded only if there is a module jdk.jfr. */
final class FlightRecorderDump {
    private FlightRecorderDump() {}

    /** Writes the data of all recordings, running or stopped. Does not start a recorder. */
    static void writeTo(Path file) throws IOException, Failure {
        if (!FlightRecorder.isInitialized()) {
            throw nothing();
        }
        try (Recording snapshot = FlightRecorder.getFlightRecorder().takeSnapshot();
                InputStream data = snapshot.getStream(null, null)) {
            if (snapshot.getSize() == 0 || data == null) {
                throw nothing();
            }
            Files.copy(data, file); // Recording.dump hides the system's error on 17
        }
    }

    private static Failure nothing() {
        return new Failure(
                "Flight Recorder has no recording: start one with -XX:StartFlightRecording, or jcmd PID JFR.start");
    }
}
