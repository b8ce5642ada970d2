package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each wrong argument is refused with words that say what was wrong and what would be right. */
class BadInputTest {
    private static final String NUMBERS = "numbers are 1 to 31 and 34 (RTMIN) to 64 (RTMAX)";
    private static final String REAL_TIME = "real-time signals are RTMIN (34) to RTMIN+30 (RTMAX, 64)";
    private static final String FORMS = "use a name (TERM or SIGTERM), a number (15) or RTMIN+3";
    private static final SignalWorker NOTHING = event -> {};

    @ParameterizedTest
    @ValueSource(ints = {0, 65, -1, -15, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aNumberThatIsNoSignal(int number) {
        refused(() -> Signal.of(number), number + " is no signal: " + NUMBERS);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 33})
    void aNumberThatTheCLibraryKeeps(int number) {
        refused(() -> Signal.of(number), number + " is kept by the C library for itself: " + NUMBERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65", "999999999"})
    void aNumberInWordsThatIsNoSignal(String number) {
        refused(() -> Signal.of(number), number + " is no signal: " + NUMBERS);
    }

    @Test
    void aNumberInWordsThatTheCLibraryKeeps() {
        refused(() -> Signal.of("32"), "32 is kept by the C library for itself: " + NUMBERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RTMAX+1", "RTMIN+31", "RTMIN-1", "RTMAX-31", "RTMIN+99999", "RTMIN+", "RT", "SIGRTMIN+31"})
    void aPlaceThatIsNotAmongTheRealTimeSignals(String name) {
        refused(() -> Signal.of(name), name.replace("SIG", "") + " is no signal: " + REAL_TIME);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 31, Integer.MAX_VALUE})
    void anOffsetThatIsNotAmongTheRealTimeSignals(int offset) {
        refused(() -> Signal.realTime(offset), "RTMIN+" + offset + " is no signal: " + REAL_TIME);
    }

    @ParameterizedTest
    @CsvSource({"TREM, TERM", "SIGTREM, TERM", "term1, TERM", "HUB, HUP", "WINHC, WINCH", "USR, USR1", "INTR, INT"})
    void aMisspeltName(String name, String meant) {
        refused(() -> Signal.of(name), name + " is no signal: did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIG", "TERMINATE", "SIGSIGTERM", "-15", "1.5", "99999999999999999999"})
    void aWordThatIsLikeNoSignal(String name) {
        refused(() -> Signal.of(name), name + " is no signal: " + FORMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void noWordAtAll(String name) {
        refused(() -> Signal.of(name), "an empty name is no signal: " + FORMS);
    }

    @Test
    void noName() {
        isNull(() -> Signal.of(null), "name is null: " + FORMS);
    }

    @Test
    void killAndStop() {
        String can = " can't be caught, observed or ignored: POSIX leaves it to the kernel alone; ";
        for (ThrowingCallable call : registrationsOf(Signal.KILL)) {
            refused(call, "KILL" + can + "TERM is the signal that asks a process to end");
        }
        for (ThrowingCallable call : registrationsOf(Signal.STOP)) {
            refused(call, "STOP" + can + "TSTP is the signal that asks a process to stop");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEGV", "BUS", "FPE", "ILL"})
    void theFaultsThatTheJvmLivesOn(String name) {
        for (ThrowingCallable call : registrationsOf(Signal.of(name))) {
            refused(
                    call,
                    name + " can't be caught, observed or ignored: the JVM lives on this fault, which the failing "
                            + "instruction itself raises; for crashes there are -XX:ErrorFile and -XX:OnError");
        }
    }

    @Test
    void theJdksOwnRealTimeSignal() {
        for (ThrowingCallable call : registrationsOf(Signal.realTime(28))) {
            refused(
                    call,
                    "RTMIN+28 can't be caught, observed or ignored: the JDK interrupts blocking I/O with it; "
                            + "RTMIN to RTMIN+27 are free");
        }
    }

    @Test
    void noSignal() {
        for (ThrowingCallable call : registrationsOf(null)) {
            isNull(call, "signal is null: give a Signal, Signal.TERM for one");
        }
        isNull(() -> Signals.send(1, null), "signal is null: give a Signal, Signal.TERM for one");
        isNull(() -> Signals.send(1, null, 5), "signal is null: give a Signal, Signal.TERM for one");
        isNull(() -> Signals.raise(null), "signal is null: give a Signal, Signal.TERM for one");
    }

    @Test
    void noWorker() {
        isNull(() -> Signals.on(Signal.URG, null), "worker is null: give a SignalWorker");
        isNull(() -> Signals.observe(Signal.URG, null), "worker is null: give a SignalWorker");
        isNull(() -> Signals.on(Signal.URG, null, Delivery.inline()), "worker is null: give a SignalWorker");
    }

    @Test
    void noDelivery() {
        String why = "delivery is null: give Delivery.ownThread(), inline() or on(executor)";
        isNull(() -> Signals.on(Signal.URG, NOTHING, null), why);
        isNull(() -> Signals.observe(Signal.URG, NOTHING, null), why);
        isNull(() -> Delivery.on(null), "executor is null: give an Executor");
    }

    @Test
    void anAwaitOfNothing() {
        isNull(() -> Signals.await(null, Signal.URG), "timeout is null: give a Duration");
        refused(() -> Signals.await(Duration.ZERO), "no signal to wait for: name at least one");
        refused(
                () -> Signals.await(Duration.ZERO, Signal.URG, Signal.KILL),
                "KILL can't be caught, observed or ignored: POSIX leaves it to the kernel alone; "
                        + "TERM is the signal that asks a process to end");
        assertThat(Signals.dispositions().get(Signal.URG).registrations()).isZero();
    }

    @Test
    void anIdThatNoProcessHas() {
        String why = "4294967296 is no process id: they have 32 bits";
        refused(() -> Signals.send(1L << 32, Signal.TERM), why);
        refused(() -> Signals.send(1L << 32, Signal.TERM, 5), why);
    }

    private static ThrowingCallable[] registrationsOf(Signal signal) {
        return new ThrowingCallable[] {
            () -> Signals.on(signal, NOTHING),
            () -> Signals.on(signal, NOTHING, Delivery.inline()),
            () -> Signals.observe(signal, NOTHING),
            () -> Signals.observe(signal, NOTHING, Delivery.inline()),
            () -> Signals.ignore(signal),
            () -> Signals.restoreDefault(signal),
        };
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static void isNull(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(message);
    }
}
