package io.heliograph.agent;

import java.util.Map;

/**
 * What the settings say of event lines.
 *
 * @param json whether they are JSON, and not text
 * @param arguments whether they have command lines
 * @param place as {@link LogPlace} knows it
 */
record LogSettings(boolean json, boolean arguments, String place) {
    static LogSettings of(Map<Setting, String> settings) {
        if (settings.isEmpty()) {
            return new LogSettings(false, true, LogPlace.STANDARD_ERROR);
        }
        return new LogSettings(
                Setting.FORMAT_JSON.equals(settings.get(Setting.FORMAT)),
                !Setting.OFF.equals(settings.get(Setting.ARGUMENTS)),
                settings.getOrDefault(Setting.LOG, LogPlace.STANDARD_ERROR));
    }

    LogFormat format() {
        return json ? new JsonFormat(arguments) : new TextFormat(arguments);
    }
}
