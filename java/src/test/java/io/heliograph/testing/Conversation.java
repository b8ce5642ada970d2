package io.heliograph.testing;

import io.heliograph.programs.signals.Console;

/** A child JVM that runs {@link Console}, told command by command what to do. */
public final class Conversation implements AutoCloseable {
    private final Child child;
    private int told;

    private Conversation(Child child) {
        this.child = child;
    }

    public static Conversation with(ChildJvm jvm) {
        return new Conversation(jvm.start(Console.class));
    }

    public static Conversation with(Child runningConsole) {
        return new Conversation(runningConsole);
    }

    /** Tells it a command, and waits for the answer: {@code "ok"}, or what it asked for, or what went wrong. */
    public String tell(String command) {
        told++;
        child.tell(told + " " + command);
        return child.out().await("^" + told + " (.*)$").group(1);
    }

    /** Tells it commands that must not fail. */
    public Conversation tellAll(String... commands) {
        for (String command : commands) {
            String answer = tell(command);
            if (!answer.equals("ok")) {
                throw new AssertionError(command + ": " + answer);
            }
        }
        return this;
    }

    public Lines out() {
        return child.out();
    }

    public long pid() {
        return child.pid();
    }

    /** Tells it a command that it does not outlive, and how it ended. */
    public String endOf(String command) {
        told++;
        child.tell(told + " " + command);
        return child.ended();
    }

    /** Ends the program, and tells how it ended. */
    public String end() {
        child.tell("0 end");
        return child.ended();
    }

    @Override
    public void close() {
        child.close();
    }
}
