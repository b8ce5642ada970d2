package io.heliograph.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.internal.text.Failure;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What stands in for HotSpot's dump where the VM cannot make it. ThreadDumpIT has the dumps themselves. */
class ThreadDumpTest {
    @Test
    void oursWhereTheVmHasNoMemory() {
        assertThat(dump(() -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .startsWith("HotSpot's own dump is missing: out of memory\n\n\"")
                .containsPattern("\n\tat .*ThreadDumpTest\\.oursWhereTheVmHasNoMemory\\(");
    }

    @Test
    void oursWhereTheVmRefuses() {
        assertThat(dump(() -> {
                    throw new Failure("needs the module x");
                }))
                .startsWith("HotSpot's own dump is missing: needs the module x\n\n\"");
    }

    @Test
    void hotSpotsAloneWhereItCan() {
        assertThat(dump(() -> "Full thread dump\n")).isEqualTo("Full thread dump\n");
    }

    private static String dump(Callable<String> hotSpots) {
        StringBuilder text = new StringBuilder();
        ThreadDump.writeHotSpots(text::append, hotSpots);
        return text.toString();
    }
}
