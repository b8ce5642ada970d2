package io.heliograph.agent.action;

import io.heliograph.internal.text.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/** What Flight Recorder has. To be touched only where the module jdk.jfr is. */
final class FlightRecorderDump {
    private FlightRecorderDump() {}

    /** All that its recordings have, running or stopped. Where there is none, it is not started. */
    static void writeTo(Path file) throws IOException, Failure {
        if (!FlightRecorder.isInitialized()) {
            throw nothing();
        }
        try (Recording snapshot = FlightRecorder.getFlightRecorder().takeSnapshot();
                InputStream data = snapshot.getStream(null, null)) {
            if (snapshot.getSize() == 0 || data == null) {
                throw nothing();
            }
            Files.copy(data, file); // where Recording.dump hides what the system said, on 17
        }
    }

    private static Failure nothing() {
        return new Failure(
                "Flight Recorder has no recording: start one with -XX:StartFlightRecording, or jcmd PID JFR.start");
    }
}
