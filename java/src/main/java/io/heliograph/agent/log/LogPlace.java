package io.heliograph.agent.log;

import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import io.heliograph.internal.text.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The values of the setting {@code log}: standard error, the app's logging, or a file. */
public final class LogPlace {
    public static final String STANDARD_ERROR = "stderr";

    private static final String LOGGER = "logger";

    private LogPlace() {}

    /**
     * Returns the place. A name without a slash or a dot must be one of the two words, so that a misspelt word makes no file.
     *
     * @throws IllegalArgumentException that says what would be right
     */
    public static String requireRight(String place) {
        if (place.equals(STANDARD_ERROR) || place.equals(LOGGER)) {
            return place;
        }
        if (place.indexOf('/') < 0 && place.indexOf('.') < 0) {
            String right =
                    Suggestion.closest(place, List.of(STANDARD_ERROR, LOGGER)).orElse(null);
            throw new IllegalArgumentException("log=" + place + " names no place: "
                    + (right == null
                            ? "use stderr, logger or a file, /var/log/app/signals.log for one, ./NAME in the working folder"
                            : "did you mean " + right + "?"));
        }
        return FilePattern.requireRight(place, "signals.log");
    }

    /**
     * Makes sure that a file can be written now.
     *
     * @throws IllegalStateException with a message of one line if not
     */
    public static void requireWritable(String place) {
        if (place.equals(STANDARD_ERROR) || place.equals(LOGGER)) {
            return;
        }
        Path file = Path.of(FilePattern.expand(place, Instant.now())).toAbsolutePath();
        Path folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    "log=" + Printable.line(place) + ": its folder is not there: make " + folder);
        }
        if (folder != null && !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new IllegalStateException(
                    "log=" + Printable.line(place) + " can't be written: let the app's user write to " + folder);
        }
    }

    /** Opens the place. This starts the logger's thread; nothing else is touched before the first line. */
    public static Fallback open(String place) {
        return new Fallback("log=" + place, target(place));
    }

    private static LogTarget target(String place) {
        if (place.equals(LOGGER)) {
            return LoggerTarget.start();
        }
        return place.equals(STANDARD_ERROR) ? new StandardErrorTarget() : new FileTarget(place);
    }

    private static final class StandardErrorTarget implements LogTarget {
        @Override
        public void write(String line) {
            StandardError.print(line + "\n");
        }
    }
}
