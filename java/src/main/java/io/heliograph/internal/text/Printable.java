package io.heliograph.internal.text;

/**
 * Makes one harmless line of any text: what is not printable ASCII is escaped, so that no sender can begin a line of its
 * own in a log, or steer a terminal.
 */
public final class Printable {
    /**
     * Longer texts are cut, as they appear: a command line can have megabytes, and a line is to fit into one write to a
     * pipe that others write to as well (pipe(7), PIPE_BUF).
     */
    private static final int MOST_CHARACTERS = 1024;

    private Printable() {}

    /** In double quotes, with quotes and backslashes in it escaped too. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder();
        return quote(quoted, text, MOST_CHARACTERS)
                ? quoted.toString()
                : quoted.append(" (cut)").toString();
    }

    /**
     * Appends the text in double quotes, with quotes and backslashes in it escaped too.
     *
     * @param most the most characters that it may take between the quotes, escaped; it is cut there
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

    /** Without quotes, and cut where it is too long. */
    public static String line(String text) {
        String line = escape(text.substring(0, Math.min(text.length(), MOST_CHARACTERS)));
        return line.length() < text.length() || line.length() > MOST_CHARACTERS
                ? line.substring(0, Math.min(line.length(), MOST_CHARACTERS)) + " (cut)"
                : line;
    }

    /** Without quotes. */
    public static String escape(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            line.append(escape(text.charAt(i)));
        }
        return line.toString();
    }

    private static String escape(char c) {
        if (c >= ' ' && c <= '~') {
            return String.valueOf(c);
        }
        return String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c);
    }
}
