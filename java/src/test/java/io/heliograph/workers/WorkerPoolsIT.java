package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.WorkerPools;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Facts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that come and go: pools, groups that are closed, groups one after the other. */
class WorkerPoolsIT {
    @Test
    void manyGroupsLeaveNothingBehind() {
        try (Child app = ChildJvm.jvm().start(WorkerPools.class, "again", "INTERRUPT")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("threads gone: true, registrations 0");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void whatWaitsInAPoolNeverStarts(Interruption how) {
        try (Child app = SignalledGroup.start(WorkerPools.class, "pool", how)) {
            SignalledGroup.send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            List<String> lines = new ArrayList<>(app.out().all());
            assertThat(lines.subList(4, lines.size()))
                    .containsExactly("[-] handler exit", "[-] handler exit", "[-] handler exit", "[-] main exit");
            assertThat(lines.subList(0, 4)).containsExactlyInAnyOrder("begun", "begun", "begun", "ready");
        }
    }

    @Test
    void aPoolHasNoMoreAtWorkThanItsPlaces() {
        try (Child app = ChildJvm.jvm().start(WorkerPools.class, "turns", "INTERRUPT")) {
            Facts facts = Facts.of(app.out().await("done=.*"));
            assertThat(facts.get("done")).isEqualTo(1000);
            assertThat(facts.get("most")).isBetween(1L, 4L);
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void closingEndsWhatIsAtWork(Interruption how) {
        try (Child app = ChildJvm.jvm().start(WorkerPools.class, "close", how.name())) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactlyInAnyOrder("sleeper ends", "cancelled: the worker group is closed", "closed")
                    .endsWith("closed");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void workersThatComeAndGoWhileTheSignalArrives(Interruption how) {
        for (int round = 0; round < 5; round++) {
            try (Child app = SignalledGroup.start(WorkerPools.class, "storm", how)) {
                SignalledGroup.send("TERM", app);
                assertThat(app.ended()).isEqualTo("exited 0");
                assertThat(app.out().all())
                        .containsExactly(
                                "ready",
                                "refused, failures 0",
                                "ended by TerminateInterrupt 0",
                                "alive 0 later steps 0");
            }
        }
    }
}
