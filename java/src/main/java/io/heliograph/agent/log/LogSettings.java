package io.heliograph.agent.log;

/**
 * The settings of event lines.
 *
 * @param json whether they are JSON, and not text
 * @param arguments whether they have command lines
 * @param place as {@link LogPlace} knows it
 */
public record LogSettings(boolean json, boolean arguments, String place) {
    public LogFormat format() {
        return json ? new JsonFormat(arguments) : new TextFormat(arguments);
    }
}
