package io.heliograph.workers;

import io.heliograph.internal.raise.VirtualThreads;
import java.time.Duration;
import java.util.Objects;

/** Makes the workers of a group and its pools. */
record WorkerFactory(GroupState group, Interruption interruption, Duration grace, GroupSignals signals) {
    GroupThread thread(String name, Body body) {
        return thread(name, body, false);
    }

    GroupThread virtual(String name, Body body) {
        VirtualThreads.require();
        return thread(name, body, true);
    }

    private GroupThread thread(String name, Body body, boolean virtual) {
        Objects.requireNonNull(name, "name is null: give the worker a name");
        Objects.requireNonNull(body, "body is null: give a Body");
        return new GroupThread(group, name, body, virtual, interruption);
    }

    GroupProcess process(String name, ProcessBuilder builder) {
        Objects.requireNonNull(name, "name is null: give the worker a name");
        Objects.requireNonNull(builder, "builder is null: give a ProcessBuilder");
        if (builder.command().isEmpty()) {
            throw new IllegalArgumentException("the ProcessBuilder of " + name + " has no command");
        }
        return new GroupProcess(group, name, builder, grace, signals);
    }
}
