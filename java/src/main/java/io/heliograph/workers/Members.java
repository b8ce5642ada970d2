package io.heliograph.workers;

import io.heliograph.internal.VirtualThreads;
import java.time.Duration;
import java.util.Objects;

/** Makes the workers of a group, for itself and its pools. */
record Members(Course course, Interruption interruption, Duration grace, GroupSignals signals) {
    ThreadMember thread(String name, Body body) {
        return thread(name, body, false);
    }

    ThreadMember virtual(String name, Body body) {
        VirtualThreads.require();
        return thread(name, body, true);
    }

    private ThreadMember thread(String name, Body body, boolean virtual) {
        Objects.requireNonNull(name, "name is null: give the worker a name");
        Objects.requireNonNull(body, "body is null: give a Body");
        return new ThreadMember(course, name, body, virtual, interruption);
    }

    ProcessMember process(String name, ProcessBuilder builder) {
        Objects.requireNonNull(name, "name is null: give the worker a name");
        Objects.requireNonNull(builder, "builder is null: give a ProcessBuilder");
        if (builder.command().isEmpty()) {
            throw new IllegalArgumentException("the ProcessBuilder of " + name + " has no command");
        }
        return new ProcessMember(course, name, builder, grace, signals);
    }
}
