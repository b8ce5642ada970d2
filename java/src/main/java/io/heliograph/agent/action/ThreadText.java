package io.heliograph.agent.action;

import io.heliograph.internal.text.Printable;

/** The lines of a thread dump that do not depend on where its facts come from. */
final class ThreadText {
    private ThreadText() {}

    /** The app chooses a thread's name: it must not begin a line of its own. */
    static void appendName(StringBuilder part, String name, long id, boolean daemon, int priority) {
        part.append(Printable.quote(name))
                .append(" #")
                .append(id)
                .append(daemon ? " daemon" : "")
                .append(" prio=")
                .append(priority)
                .append('\n');
    }

    static void appendFrame(StringBuilder part, StackTraceElement frame) {
        part.append("\tat ").append(Printable.escape(frame.toString())).append('\n');
    }
}
