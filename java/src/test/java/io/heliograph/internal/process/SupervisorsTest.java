package io.heliograph.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.internal.process.Supervisors.Supervisor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisorsTest {
    @Test
    void theSupervisorsAboveAreRead() {
        assertThat(Supervisors.parse("4026531836:7")).containsExactly(new Supervisor(4026531836L, 7));
        assertThat(Supervisors.parse("1:11,1:1234567,2:12"))
                .containsExactly(new Supervisor(1, 11), new Supervisor(1, 1234567), new Supervisor(2, 12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "7", "1:1,", "1:-1", "1:0", "1:1, 1:2", "x:1", "1:99999999999", "1:1\n2:2", ":1"})
    void whatNobodyOfOursHasWrittenIsNothing(String variable) {
        assertThat(Supervisors.parse(variable)).isEmpty();
    }

    @Test
    void aPidIsThatOfASupervisorInItsOwnNamespaceAlone() {
        List<Supervisor> above = List.of(new Supervisor(1, 11), new Supervisor(1, 12));
        assertThat(Supervisors.isAbove(above, 1, 12)).isTrue();
        assertThat(Supervisors.isAbove(above, 1, 13)).isFalse();
        assertThat(Supervisors.isAbove(above, 1, 0)).isFalse();
        assertThat(Supervisors.isAbove(above, 2, 12)).isFalse();
        assertThat(Supervisors.isAbove(above, 2, 0)).isTrue();
        assertThat(Supervisors.isAbove(List.of(), 1, 0)).isFalse();
    }
}
