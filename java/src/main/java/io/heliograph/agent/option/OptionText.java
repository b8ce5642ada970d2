package io.heliograph.agent.option;

import java.util.ArrayList;
import java.util.List;

/** Cuts options into their parts. A backslash takes the special meaning from the character behind it. */
final class OptionText {
    private OptionText() {}

    /** Cuts at each separator that no backslash stands before; the backslashes stay. */
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
        return text.replaceAll("(?s)\\\\(.)", "$1");
    }
}
