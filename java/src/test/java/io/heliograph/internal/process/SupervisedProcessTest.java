package io.heliograph.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Signal;
import io.heliograph.workers.ChildStatus;
import org.junit.jupiter.api.Test;

class SupervisedProcessTest {
    /** As a shell tells it. Children seldom die of them: glibc's posix_spawn() has them ignored. */
    @Test
    void deathByASignalOfTheCLibraryIsReportedAsAStatus() {
        assertThat(SupervisedProcess.killed(32, false)).isEqualTo(new ChildStatus.Exited(160));
        assertThat(SupervisedProcess.killed(33, true)).isEqualTo(new ChildStatus.Exited(161));
    }

    @Test
    void deathByAnyOtherSignalIsReportedAsTheSignal() {
        assertThat(SupervisedProcess.killed(Signal.TERM.number(), true))
                .isEqualTo(new ChildStatus.Killed(Signal.TERM, true));
    }
}
