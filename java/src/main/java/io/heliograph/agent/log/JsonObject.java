package io.heliograph.agent.log;

import java.util.List;

/** Writes one JSON object (RFC 8259) in one line of printable ASCII: all other characters are escaped. */
public final class JsonObject {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder("{");

    private StringBuilder name(String name) {
        return text.append(text.length() == 1 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":");
    }

    /** Adds a string. */
    public JsonObject add(String name, String value) {
        quote(name(name), value, Integer.MAX_VALUE);
        return this;
    }

    /** Adds a string; one that is longer, escaped, ends in {@code " (cut)"}. */
    public JsonObject add(String name, String value, int most) {
        if (!quote(name(name), value, most)) {
            text.setLength(text.length() - 1);
            text.append(" (cut)\"");
        }
        return this;
    }

    /** Adds a number. */
    public JsonObject add(String name, long value) {
        name(name).append(value);
        return this;
    }

    /** Adds {@code "name":true} if it is so, else nothing. */
    public JsonObject addIf(String name, boolean isSo) {
        if (isSo) {
            name(name).append(true);
        }
        return this;
    }

    /** Adds an object, to which nothing may be added any more. */
    public JsonObject add(String name, JsonObject value) {
        name(name).append(value.end());
        return this;
    }

    /**
     * Adds an array of as many strings as fit.
     *
     * @param most how many characters the strings may take, escaped and with their quotes
     * @return whether all of it fits
     */
    public boolean add(String name, List<String> values, int most) {
        int end = name(name).append('[').length() + most;
        boolean isAll = true;
        for (int i = 0; i < values.size() && isAll; i++) {
            int room = end - text.length() - ",\"\"".length();
            isAll = room >= 0 && quote(i == 0 ? text : text.append(','), values.get(i), room);
        }
        text.append(']');
        return isAll;
    }

    /** Adds an array of objects, to which nothing may be added any more. */
    public JsonObject addObjects(String name, List<JsonObject> values) {
        name(name).append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",").append(values.get(i).end());
        }
        text.append(']');
        return this;
    }

    /** The whole object, after which nothing may be added. */
    public String end() {
        return text.append('}').toString();
    }

    /** As {@link io.heliograph.internal.text.Printable#quote}, with JSON's escapes. */
    private static boolean quote(StringBuilder text, String value, int most) {
        text.append('"');
        int left = most;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            left -= length(c);
            if (left < 0) {
                text.append('"');
                return false;
            }
            append(text, c);
        }
        text.append('"');
        return true;
    }

    private static int length(char c) {
        if (c < ' ' || c > '~') {
            return "\\u0000".length();
        }
        return c == '"' || c == '\\' ? 2 : 1;
    }

    private static void append(StringBuilder text, char c) {
        switch (length(c)) {
            case 1 -> text.append(c);
            case 2 -> text.append('\\').append(c);
            default -> {
                text.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(HEX.charAt(c >> shift & 0xf));
                }
            }
        }
    }
}
