package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;

/** A child that has a group of threads, and signals to it. */
final class SignalledGroup {
    private SignalledGroup() {}

    static Child start(Class<?> program, String situation, Interruption how, String... more) {
        List<String> arguments = new ArrayList<>(List.of(situation, how.name()));
        arguments.addAll(List.of(more));
        Child child = ChildJvm.jvm().start(program, arguments.toArray(String[]::new));
        child.out().await("^ready$");
        return child;
    }

    static void assertRefused(Class<?> program, String... arguments) {
        try (Child app = ChildJvm.jvm().start(program, arguments)) {
            app.err()
                    .await("UnsupportedOperationException: virtual threads need Java 21 or later, and this is Java "
                            + Runtime.version().feature());
            assertThat(app.ended()).isEqualTo("exited 1");
        }
    }

    static void send(String signal, Child app) {
        Child.run("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, "" + app.pid());
    }
}
