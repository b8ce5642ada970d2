package io.heliograph.agent;

/**
 * Makes one harmless line of any text: what is not printable ASCII is escaped, so that no sender can begin a line of its
 * own in a log, or steer a terminal.
 */
final class Printable {
    /** Longer texts are cut: a command line can have megabytes. */
    private static final int MOST_CHARACTERS = 1024;

    private Printable() {}

    /** In double quotes, with quotes and backslashes in it escaped too. */
    static String quote(String text) {
        boolean cut = text.length() > MOST_CHARACTERS;
        String kept = cut ? text.substring(0, MOST_CHARACTERS) : text;
        return '"' + escape(kept.replace("\\", "\\\\").replace("\"", "\\\"")) + '"' + (cut ? " (cut)" : "");
    }

    /** Without quotes. */
    static String escape(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~') {
                line.append(c);
            } else {
                line.append(c < 0x100 ? String.format("\\x%02x", (int) c) : String.format("\\u%04x", (int) c));
            }
        }
        return line.toString();
    }
}
