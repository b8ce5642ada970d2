package io.heliograph.agent.log;

import io.heliograph.SignalEvent;
import io.heliograph.internal.dispatch.Requests;
import io.heliograph.internal.jni.RecordBuffer;

/** What a signal was taken for, where signals request an end of the process. */
enum Request {
    /** No request: the signal does something else. */
    NONE(0, "", ""),
    FIRST(RecordBuffer.FIRST_REQUEST, "", "first"),
    /** It repeats the last request, and changes nothing. */
    REPEAT(RecordBuffer.REPEATED_REQUEST, ", a repeat of the request", "repeat"),
    SECOND(RecordBuffer.SECOND_REQUEST, ", a second request", "second");

    /** {@code enum heliograph_record_flag}. */
    private final int flag;

    private final String text;
    private final String json;

    Request(int flag, String text, String json) {
        this.flag = flag;
        this.text = text;
        this.json = json;
    }

    static Request of(SignalEvent event) {
        int flag = Requests.of(event.sequence());
        for (Request request : values()) {
            if (request.flag == flag) {
                return request;
            }
        }
        return NONE;
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
