package io.heliograph.internal;

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
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String part = c == '"' || c == '\\' ? "\\" + c : escape(c);
            if (quoted.length() + part.length() > MOST_CHARACTERS) {
                return quoted.append("\" (cut)").toString();
            }
            quoted.append(part);
        }
        return quoted.append('"').toString();
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
