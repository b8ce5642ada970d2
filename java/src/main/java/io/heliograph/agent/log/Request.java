package io.heliograph.agent.log;

/** What a signal was taken for, where signals request an end of the process. */
enum Request {
    /** No request: the signal does something else. */
    NONE("", ""),
    FIRST("", "first"),
    /** It repeats the last request, and changes nothing. */
    REPEAT(", a repeat of the request", "repeat"),
    SECOND(", a second request", "second");

    private final String text;
    private final String json;

    Request(String text, String json) {
        this.text = text;
        this.json = json;
    }

    /** What the text line says. */
    String text() {
        return text;
    }

    /** The value of the field {@code request} in a JSON line; empty for no field. */
    String json() {
        return json;
    }
}
