package io.heliograph.agent.option;

import java.util.ArrayList;
import java.util.List;

/** Splits options. A backslash removes the special meaning of the character after it. */
final class OptionText {
    private OptionText() {}

    /** Splits at each separator without a backslash before it; keeps the backslashes. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (c == separator) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    static String unescape(String text) {
        return text.indexOf('\\') < 0 ? text : text.replaceAll("(?s)\\\\(.)", "$1");
    }
}
