package io.heliograph.internal.dispatch;

import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The dispatcher's counts of the ledger. The native half counts arrivals, and those that a full pipe lost. */
final class Counters {
    private final AtomicLongArray dispatched;
    private final AtomicLongArray refused;
    private final AtomicReferenceArray<SignalEvent> last;

    Counters(int maxSignal) {
        dispatched = new AtomicLongArray(maxSignal + 1);
        refused = new AtomicLongArray(maxSignal + 1);
        last = new AtomicReferenceArray<>(maxSignal + 1);
    }

    /** Called by the dispatcher alone, so plain reads of its own writes are enough. */
    void note(int signal, boolean everyoneHasIt) {
        AtomicLongArray counts = everyoneHasIt ? dispatched : refused;
        counts.setRelease(signal, counts.getPlain(signal) + 1);
    }

    /** Called by the dispatcher alone. */
    void noteLast(int signal, SignalEvent event) {
        last.setRelease(signal, event);
    }

    /** The signal's last arrival with details. */
    Optional<SignalEvent> last(int signal) {
        return Optional.ofNullable(last.getAcquire(signal));
    }

    /** Reads the arrivals last, so that they are never fewer than what was dispatched. */
    Ledger snapshot() {
        ByteBuffer counts = ByteBuffer.allocateDirect(3 * Long.BYTES).order(ByteOrder.nativeOrder());
        long address = Native.address(counts);
        Map<Signal, Ledger.Counts> ledger = new TreeMap<>();
        for (Signal signal : Signal.all()) {
            int number = signal.number();
            long out = dispatched.getAcquire(number);
            long lostHere = refused.getAcquire(number);
            NativeCall.check(Native.ledger(number, address), "ledger(" + signal + ")");
            long arrived = counts.getLong(0);
            long lostInPipe = counts.getLong(2 * Long.BYTES);
            if (arrived > 0) {
                ledger.put(signal, new Ledger.Counts(arrived, out, lostHere + lostInPipe));
            }
        }
        return new Ledger(ledger);
    }
}
