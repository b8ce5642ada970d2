package io.heliograph.agent.log;

import io.heliograph.SignalEvent;

/**
 * The settings of event lines.
 *
 * @param json whether they are JSON, and not text
 * @param arguments whether they have command lines
 * @param place as {@link LogPlace} knows it
 */
public record LogSettings(boolean json, boolean arguments, String place) {
    public LogFormat format() {
        return format(Shortening.MOST_CHARACTERS);
    }

    /**
     * One event as part of something longer: what its line says, in so many characters at most. A JSON object, or a
     * text that begins with the signal.
     */
    public String describe(SignalEvent event, int most) {
        String line = format(most).event(event, LogTime.ofArrival(event.arrivedAt()), Request.NONE);
        return json ? line : line.substring(TextFormat.PREFIX.length());
    }

    private LogFormat format(int most) {
        return json ? new JsonFormat(arguments, most) : new TextFormat(arguments, most);
    }
}
