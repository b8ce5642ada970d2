package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.agent.SignalsApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The dispatcher has a short time slice. A kernel before Linux 6.12 gives it the usual one; that it asked for another can be
 * told there too, since what it starts does not inherit it ("reset").
 */
class SliceIT {
    private static final String DISPATCHER = "heliograph-disp"; // the kernel keeps 15 characters of a name

    @Test
    void theDispatcherAloneHasAShortSlice() {
        try (Child app = registered(ChildJvm.jvm())) {
            assertThat(sliceOf(threadNamed(app, DISPATCHER))).endsWith(" reset");
            assertThat(sliceOf(app.pid())).doesNotContain("reset");
            assertThat(sliceOf(threadNamed(app, "VM Thread"))).doesNotContain("reset");
            assertThat(sliceOf(threadNamed(app, "heliograph-USR1"))).doesNotContain("reset");
        }
    }

    @Test
    void switchedOffItHasTheUsualSlice() {
        try (Child app = registered(ChildJvm.jvm().option("-Dheliograph.slice=off"))) {
            String usual = sliceOf(threadNamed(app, "VM Thread"));
            assertThat(sliceOf(threadNamed(app, DISPATCHER))).isEqualTo(usual);
        }
    }

    @Test
    void theAgentsOptionSwitchesItOff() {
        try (Child app = ChildJvm.jvm().agent("slice=off").startReady(PlainApp.class)) {
            String usual = sliceOf(threadNamed(app, "VM Thread"));
            assertThat(sliceOf(threadNamed(app, DISPATCHER))).isEqualTo(usual);
        }
    }

    @Test
    void aWrongPropertyIsRefused() {
        try (Child app = ChildJvm.jvm().option("-Dheliograph.slice=offf").startReady(SignalsApp.class)) {
            app.tell("on USR1").err().await("slice=offf is neither on nor off: did you mean off\\?");
        }
    }

    /** Its dispatcher has read, and so has asked for its slice. */
    private static Child registered(ChildJvm jvm) {
        Child app = jvm.startReady(SignalsApp.class);
        app.tell("on USR1").out().await("^done on USR1$");
        app.tell("raise USR1").out().await("^event USR1 Sent$");
        return app;
    }

    private static String sliceOf(long thread) {
        try (Child helper = Child.start(Child.helper("slice_of"), Long.toString(thread))) {
            assertThat(helper.ended()).isEqualTo("exited 0");
            return helper.out().all().get(0);
        }
    }

    private static long threadNamed(Child app, String name) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + app.pid() + "/task"))) {
            return threads.filter(thread -> isNamed(thread, name))
                    .map(thread -> Long.parseLong(thread.getFileName().toString()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no thread " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNamed(Path thread, String name) {
        try {
            return Files.readString(thread.resolve("comm")).strip().equals(name);
        } catch (IOException endedMeanwhile) {
            return false;
        }
    }
}
