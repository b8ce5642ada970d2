package io.heliograph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApproachTest {
    private static final String INT = "0000000000000002";
    private static final String NONE = "0000000000000000";

    @TempDir
    Path tasks;

    @Test
    void whatIsPendingMayComeUnlessAllBlockIt() throws IOException {
        thread("1", 'S', NONE, INT, NONE, 0);
        thread("2", 'S', NONE, INT, INT, 0);
        Approach approach = Approach.in(tasks, 2);
        assertThat(approach.mayCome()).isTrue();
        thread("1", 'S', NONE, INT, INT, 0);
        assertThat(approach.mayCome()).isFalse();
        thread("1", 'S', NONE, NONE, NONE, 0);
        thread("2", 'S', INT, NONE, NONE, 0);
        assertThat(approach.mayCome()).isTrue();
        thread("2", 'S', NONE, NONE, NONE, 0);
        assertThat(approach.mayCome()).isFalse();
        assertThat(Approach.in(tasks, 15).mayCome()).isFalse();
    }

    /** Who has taken it, and no processor since, is still to enter the handler. */
    @Test
    void whoHasTakenItIsWaitedForUntilItHasHadAProcessor() throws IOException {
        thread("1", 'S', NONE, INT, NONE, 0);
        thread("2", 'R', NONE, INT, NONE, 5_000_000);
        Approach approach = Approach.in(tasks, 2);
        assertThat(approach.mayCome()).isTrue();
        thread("1", 'R', NONE, NONE, NONE, 1_000);
        thread("2", 'R', NONE, NONE, NONE, 6_000_000);
        assertThat(approach.mayCome()).isTrue();
        thread("1", 'R', NONE, NONE, NONE, 19_000_000);
        thread("2", 'S', NONE, NONE, NONE, 7_000_000);
        assertThat(approach.mayCome()).isTrue();
        thread("2", 'R', NONE, NONE, NONE, 7_000_000); // came back from elsewhere
        thread("1", 'R', NONE, NONE, NONE, 20_001_000);
        assertThat(approach.mayCome()).isFalse();
    }

    @Test
    void withoutProcNothingIsKnown() {
        assertThat(Approach.in(tasks.resolve("none"), 2).mayCome()).isFalse();
    }

    @Test
    void toThisProcessNoneComes() {
        Approach approach = Approach.of(Signal.USR1.number());
        while (approach.mayCome()) {
            Thread.onSpinWait(); // until other threads that are at work have had a processor for a while
        }
        assertThat(approach.mayCome()).isFalse();
    }

    private void thread(String tid, char state, String pending, String shared, String blocked, long nanos)
            throws IOException {
        Path folder = Files.createDirectories(tasks.resolve(tid));
        Files.writeString(
                folder.resolve("status"),
                "Name:\tname\nState:\t" + state + " (word)\nSigPnd:\t" + pending + "\nShdPnd:\t" + shared
                        + "\nSigBlk:\t" + blocked + "\n");
        Files.writeString(folder.resolve("schedstat"), nanos + " 100 3\n");
    }
}
