package io.heliograph.agent.log;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** File names with forms: {@code %p} is the process id, {@code %t} the time (UTC), {@code %%} a percent sign. */
public final class FilePattern {
    private static final Pattern FORM = Pattern.compile("%(.?)", Pattern.DOTALL);
    private static final String FORMS = "use %p (process id), %t (time, UTC) or %% (a percent sign)";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private FilePattern() {}

    /**
     * Returns the pattern if it can name a file.
     *
     * @param example of a file's name
     * @throws IllegalArgumentException that says what would be right
     */
    public static String requireRight(String pattern, String example) {
        try {
            if (pattern.endsWith("/") || Path.of(expand(pattern, Instant.EPOCH)).getFileName() == null) {
                throw new IllegalArgumentException(
                        pattern + " names a folder: name a file in it, " + example + " for one");
            }
            return pattern;
        } catch (InvalidPathException noPath) {
            throw new IllegalArgumentException(pattern + " is no file name: " + noPath.getReason(), noPath);
        }
    }

    /** The file name at that time. */
    public static String expand(String pattern, Instant now) {
        return FORM.matcher(pattern)
                .replaceAll(form -> Matcher.quoteReplacement(
                        switch (form.group(1)) {
                            case "p" -> Long.toString(ProcessHandle.current().pid());
                            case "t" -> TIME.format(now);
                            case "%" -> "%";
                            default ->
                                throw new IllegalArgumentException(
                                        form.group() + " means nothing in a file name: " + FORMS);
                        }));
    }
}
