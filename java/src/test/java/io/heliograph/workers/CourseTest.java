package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CourseTest {
    private final Course course = new Course();
    private final SignalEvent first = new SignalEvent.FromKernel(Signal.INT, 0, 1, 128);
    private final SignalEvent further = new SignalEvent.FromKernel(Signal.INT, 0, 2, 128);

    @Test
    void aFurtherSignalForcesAsLongAsSomebodyWorks() {
        course.admit(member());
        course.arrived(first);
        course.arrived(further);
        assertThat(course.second()).contains(further);
        assertThat(course.late()).isEmpty();
    }

    /** Although nobody has noticed yet that all have ended: there is nothing left for it to do here. */
    @Test
    void aFurtherSignalIsHandedBackOnceAllHaveEnded() {
        Member only = member();
        course.admit(only);
        course.arrived(first);
        course.ended(only, null, null);
        course.arrived(further);
        assertThat(course.second()).isEqualTo(Optional.empty());
        assertThat(course.late()).contains(further);
    }

    private Member member() {
        return new ThreadMember(course, "never begun", () -> {}, false, Interruption.INTERRUPT);
    }
}
