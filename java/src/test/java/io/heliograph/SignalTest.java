package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "SIGTERM", "term", "SigTerm", " TERM ", "15"})
    void aSignalHasSeveralNames(String name) {
        assertThat(Signal.of(name)).isSameAs(Signal.TERM);
    }

    @Test
    void theRealTimeSignalsAreCountedFromBothEnds() {
        assertThat(Signal.of("RTMIN")).isSameAs(Signal.realTime(0)).isSameAs(Signal.of("RTMIN+0"));
        assertThat(Signal.of("RTMAX")).isSameAs(Signal.realTime(30)).isSameAs(Signal.of("RTMIN+30"));
        assertThat(Signal.of("SIGRTMAX-1")).isSameAs(Signal.realTime(29));
        assertThat(Signal.realTime(3).name()).isEqualTo("RTMIN+3");
        assertThat(Signal.realTime(30).name()).isEqualTo("RTMAX");
    }

    @Test
    void theOldNamesOfSignalsAreKnown() {
        assertThat(Signal.of("IOT")).isSameAs(Signal.ABRT);
        assertThat(Signal.of("SIGCLD")).isSameAs(Signal.CHLD);
        assertThat(Signal.of("POLL")).isSameAs(Signal.IO);
    }

    @Test
    void eachSignalIsFoundByItsNameAndByItsNumber() {
        assertThat(Signal.all()).hasSize(31 + 31).isSorted();
        for (Signal signal : Signal.all()) {
            assertThat(Signal.of(signal.name())).isSameAs(signal);
            assertThat(Signal.of("SIG" + signal.name())).isSameAs(signal);
            assertThat(Signal.of(signal.number())).isSameAs(signal);
            assertThat(signal).hasToString(signal.name());
        }
    }

    @Test
    void theRealTimeSignalsAreThoseFromRtminOn() {
        assertThat(Signal.all().stream().filter(Signal::isRealTime).mapToInt(Signal::number))
                .containsExactlyElementsOf(IntStream.rangeClosed(34, 64).boxed().toList());
    }

    @Test
    void anInterruptIsOfItsSignalsKind() {
        assertThat(SignalInterrupt.of(new SignalEvent.FromKernel(Signal.INT, 0, 1, 128)))
                .isExactlyInstanceOf(KeyboardInterrupt.class);
        assertThat(SignalInterrupt.of(new SignalEvent.FromKernel(Signal.TERM, 0, 1, 128)))
                .isExactlyInstanceOf(TerminateInterrupt.class);
        SignalEvent event = new SignalEvent.FromKernel(Signal.HUP, 0, 1, 128);
        assertThat(SignalInterrupt.of(event)).isExactlyInstanceOf(SignalInterrupt.class);
        assertThat(SignalInterrupt.of(event).event()).isSameAs(event);
    }
}
