package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Sender;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.jni.NativeLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupStateTest {
    private static final long MS = 1_000_000;

    private final GroupState group = new GroupState();
    private final GroupWorker worker = new GroupThread(group, "never begun", () -> {}, false, Interruption.INTERRUPT);
    private long sequence;

    @BeforeEach
    void library() {
        NativeLibrary.require();
        group.admit(worker);
    }

    private SignalEvent sent(Signal signal, long millis) {
        return new SignalEvent.Sent(signal, millis * MS, ++sequence, Sender.of(1, 0));
    }

    private SignalEvent fromKernel(Signal signal, long millis) {
        return new SignalEvent.FromKernel(signal, millis * MS, ++sequence, 128);
    }

    private void arrive(SignalEvent... events) {
        for (SignalEvent event : events) {
            group.arrived(event);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, 100, 400, 500})
    void whatFollowsWithinHalfASecondIsARepeat(long millis) {
        arrive(sent(Signal.TERM, 0), sent(Signal.TERM, millis));
        assertThat(group.second()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {501, 600, 2000})
    void whatFollowsLaterForcesAsLongAsAWorkerWorks(long millis) {
        SignalEvent further = sent(Signal.TERM, millis);
        arrive(sent(Signal.TERM, 0), further);
        assertThat(group.second()).contains(further);
        assertThat(group.late()).isEmpty();
    }

    @Test
    void aRepeatDoesNotPutOffTheNextRequest() {
        SignalEvent another = sent(Signal.TERM, 700);
        arrive(sent(Signal.TERM, 0), sent(Signal.TERM, 400), another);
        assertThat(group.second()).contains(another);
    }

    @Test
    void twoKeysAreTwoRequestsAndAPassedOnKeyIsNone() {
        SignalEvent key = fromKernel(Signal.INT, 2);
        arrive(fromKernel(Signal.INT, 0), sent(Signal.INT, 1));
        assertThat(group.second()).isEmpty();
        arrive(key);
        assertThat(group.second()).contains(key);
    }

    @Test
    void whatTheKernelRepeatsByItselfIsNoRequest() {
        arrive(sent(Signal.HUP, 0), fromKernel(Signal.HUP, 1000), fromKernel(Signal.of("XCPU"), 2000));
        assertThat(group.second()).isEmpty();
    }

    /** An outer group passes on a key, and then this group has it, too. */
    @Test
    void theSameArrivalIsTheSameRequest() {
        SignalEvent key = fromKernel(Signal.INT, 0);
        group.end(new StopReason.OfSignal(key));
        arrive(key);
        assertThat(group.second()).isEmpty();
    }

    /** Its time is that of the loss. */
    @Test
    void lostArrivalsAreARequestByTheirTime() {
        SignalEvent lost = new SignalEvent.Lost(Signal.TERM, 600 * MS, 7, 3);
        arrive(sent(Signal.TERM, 0), new SignalEvent.Lost(Signal.TERM, 100 * MS, 6, 3));
        assertThat(group.second()).isEmpty();
        arrive(lost);
        assertThat(group.second()).contains(lost);
    }

    /** Although no thread has noticed yet that all have ended: there is nothing left for it to do here. */
    @Test
    void aFurtherRequestIsHandedBackOnceAllHaveEndedButNoRepeat() {
        SignalEvent further = sent(Signal.INT, 600);
        arrive(sent(Signal.INT, 0));
        group.ended(worker, null, null);
        arrive(sent(Signal.INT, 100));
        assertThat(group.late()).isEmpty();
        arrive(further);
        assertThat(group.second()).isEmpty();
        assertThat(group.late()).contains(further);
    }

    /** The second request has forced all workers. A relay repeats it, too. */
    @Test
    void aRepeatOfTheSecondRequestIsNotHandedBack() {
        arrive(sent(Signal.TERM, 0), sent(Signal.TERM, 600));
        group.ended(worker, null, null);
        arrive(sent(Signal.TERM, 700));
        assertThat(group.late()).isEmpty();
    }

    /** A process that reads the terminal dies from INT right after a TERM. */
    @Test
    void aDeathFromARepeatIsNoFailure() {
        arrive(sent(Signal.TERM, 0), fromKernel(Signal.INT, 1));
        group.ended(worker, new WorkerFailure("reader", "was ended by INT", null), Signal.INT);
        assertThat(group.hasCome(Signal.INT)).isTrue();
        assertThat(group.hasCome(Signal.HUP)).isFalse();
        assertThat(worker.failure()).isEmpty();
    }
}
