package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupStateTest {
    private final GroupState group = new GroupState();
    private final SignalEvent first = new SignalEvent.FromKernel(Signal.INT, 0, 1, 128);
    private final SignalEvent further = new SignalEvent.FromKernel(Signal.INT, 0, 2, 128);

    @Test
    void aFurtherSignalForcesAsLongAsSomebodyWorks() {
        group.admit(worker());
        group.arrived(first);
        group.arrived(further);
        assertThat(group.second()).contains(further);
        assertThat(group.late()).isEmpty();
    }

    /** Although nobody has noticed yet that all have ended: there is nothing left for it to do here. */
    @Test
    void aFurtherSignalIsHandedBackOnceAllHaveEnded() {
        GroupWorker only = worker();
        group.admit(only);
        group.arrived(first);
        group.ended(only, null, null);
        group.arrived(further);
        assertThat(group.second()).isEqualTo(Optional.empty());
        assertThat(group.late()).contains(further);
    }

    private GroupWorker worker() {
        return new GroupThread(group, "never begun", () -> {}, false, Interruption.INTERRUPT);
    }
}
