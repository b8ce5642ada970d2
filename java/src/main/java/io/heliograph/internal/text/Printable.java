package io.heliograph.internal.text;

/**
 * Makes one harmless line of any text. It escapes all but printable ASCII, so that no sender can add a line to a log or
 * control a terminal.
 */
public final class Printable {
    /** The limit of a text, escaped. A line must fit into one atomic write to a pipe (pipe(7), PIPE_BUF). */
    private static final int MOST_CHARACTERS = 1024;

    private Printable() {}

    /** The text in double quotes, with quotes and backslashes escaped too. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder();
        return quote(quoted, text, MOST_CHARACTERS)
                ? quoted.toString()
                : quoted.append(" (cut)").toString();
    }

    /**
     * Appends the text in double quotes, with quotes and backslashes in it escaped too.
     *
     * @param most the most characters between the quotes, escaped; the text is cut there
     * @return whether that is all of it
     */
    public static boolean quote(StringBuilder line, String text, int most) {
        line.append('"');
        int end = line.length() + most;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String part = c == '"' || c == '\\' ? "\\" + c : escape(c);
            if (line.length() + part.length() > end) {
                line.append('"');
                return false;
            }
            line.append(part);
        }
        line.append('"');
        return true;
    }

    /** The text without quotes, cut if it is too long. */
    public static String line(String text) {
        String line = escape(text.substring(0, Math.min(text.length(), MOST_CHARACTERS)));
        return line.length() < text.length() || line.length() > MOST_CHARACTERS
                ? line.substring(0, Math.min(line.length(), MOST_CHARACTERS)) + " (cut)"
                : line;
    }

    /** The text without quotes, escaped. */
    public static String escape(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            line.append(escape(text.charAt(i)));
        }
        return line.toString();
    }

    /**
     * Text of several lines, which keep their tabs and line ends. A line that begins as ours do is escaped, too: a name in
     * it may hold a line end.
     */
    public static String lines(String text) {
        StringBuilder lines = new StringBuilder(text.length() + 1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\t' || (c >= ' ' && c <= '~')) {
                lines.append(c);
            } else {
                lines.append(escape(c));
            }
        }
        if (!text.isEmpty() && !text.endsWith("\n")) {
            lines.append('\n');
        }
        return lines.toString().replaceAll("(?m)^heliograph: ", "\\\\x68eliograph: ");
    }

    private static String escape(char c) {
        if (c >= ' ' && c <= '~') {
            return String.valueOf(c);
        }
        return String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c);
    }
}
