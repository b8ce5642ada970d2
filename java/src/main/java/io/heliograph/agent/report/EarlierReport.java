package io.heliograph.agent.report;

import io.heliograph.internal.jni.NativeReport;
import io.heliograph.internal.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The report that an earlier process has left, in either form. */
final class EarlierReport {
    /** The sentence that begins each report, see report_text.c. */
    private static final Pattern SUMMARY = Pattern.compile("^(?:\\{\"state\":\"[a-z-]+\",\\n\"summary\":\")?"
            + "((Running|Ending) since [^.]+\\.[0-9]+Z[.:,]|(?:Ended in order|Cut off) at |Not watched any more since )"
            + "(?:(?<= Z: |Z:) ([A-Z0-9+]+) arrived\\.)?");

    private static final Pattern TEXT_TAIL = Pattern.compile(
            "Written at (?<written>\\S+) by process (?<pid>[0-9]+), which began at (?<began>\\S+)\\.\\s*$");
    private static final Pattern JSON_TAIL = Pattern.compile(
            "\"pid\":(?<pid>[0-9]+),\"began\":\"(?<began>[^\"]+)\",\"written\":\"(?<written>[^\"]+)\"}\\s*$");
    private static final Pattern TEXT_FIGURES = Pattern.compile("\\nThe process at ([^\\n]+):\\n((?:  [^\\n]+\\n)+)");
    private static final Pattern JSON_FIGURES = Pattern.compile("\"figures\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final String text;

    private EarlierReport(String text) {
        this.text = text;
    }

    /** Reads it. Nothing but a regular file is read, for a device may block. */
    static EarlierReport read(Path file) {
        if (!Files.isRegularFile(file)) {
            return new EarlierReport("");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new EarlierReport(new String(in.readNBytes(NativeReport.MOST_BYTES), StandardCharsets.ISO_8859_1));
        } catch (IOException notReadable) {
            return new EarlierReport(file.toFile().length() == 0 ? "" : "not readable: something else");
        }
    }

    /** Whether the file holds something else than a report, which must not be overwritten. */
    boolean isForeign() {
        return !text.isBlank() && !SUMMARY.matcher(text).find();
    }

    /**
     * A line for the operator; null if there is nothing to say.
     *
     * @param lives whether the process that keeps this report lives
     */
    @Nullable String line(boolean lives) {
        Matcher tail = tail();
        if (lives) {
            return (tail == null ? "another process" : "process " + tail.group("pid"))
                    + " lives and writes this file, too: put %p, the process id, into the name";
        }
        Matcher summary = SUMMARY.matcher(text);
        if (tail == null || !summary.find() || summary.group(2) == null) {
            return null;
        }
        return Printable.line(
                "the process before this one did not end in order (KILL, no memory left, a crash or a power "
                        + "failure): " + before(summary, tail) + figures());
    }

    private static String before(Matcher summary, Matcher tail) {
        String what = summary.group(2).equals("Running") ? "it ran" : "it was ending";
        return "pid " + tail.group("pid") + ", begun at " + tail.group("began") + "; at " + tail.group("written") + " "
                + what;
    }

    private @Nullable Matcher tail() {
        for (Pattern form : new Pattern[] {TEXT_TAIL, JSON_TAIL}) {
            Matcher matcher = form.matcher(text);
            if (matcher.find()) {
                return matcher;
            }
        }
        return null;
    }

    private String figures() {
        Matcher json = JSON_FIGURES.matcher(text);
        if (json.find()) {
            return "; " + json.group(1);
        }
        Matcher lines = TEXT_FIGURES.matcher(text);
        return lines.find() ? "; " + lines.group(2).strip().replaceAll("\\n *", "; ") : "";
    }
}
