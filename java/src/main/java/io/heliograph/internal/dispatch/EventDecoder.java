package io.heliograph.internal.dispatch;

import io.heliograph.Sender;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.jni.Lineage;
import io.heliograph.internal.jni.RecordBuffer;
import io.heliograph.internal.proc.ProcSenderDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes typed events from records. Used by the dispatcher alone. */
final class EventDecoder {
    /* enum heliograph_cause */
    private static final int SENT = 0;
    private static final int QUEUED = 1;
    private static final int CHILD_CHANGED = 2;
    private static final int TIMER_EXPIRED = 3;

    private static final SignalEvent.ChildChanged.Change[] CHANGES = SignalEvent.ChildChanged.Change.values();

    private final Lineage.Reader lineages = new Lineage.Reader();

    private @Nullable Sender latestSender;
    /** The handler's look at {@link #latestSender}; 0 if the handler has not looked. */
    private int latestLook;

    /**
     * Makes one event of each kind. A class whose initialisation finds no memory is unusable for ever (JLS 12.4.2), so
     * this initialises them all.
     */
    EventDecoder() {
        Sender sender = Sender.of(0, 0);
        List.of(
                sender.origin(),
                new SignalEvent.Sent(Signal.TERM, 0, 0, sender),
                new SignalEvent.Queued(Signal.TERM, 0, 0, sender, 0),
                new SignalEvent.ChildChanged(Signal.CHLD, 0, 0, 0, 0, CHANGES[0]),
                new SignalEvent.TimerExpired(Signal.ALRM, 0, 0, 0, 0),
                new SignalEvent.FromKernel(Signal.INT, 0, 0, 0),
                new SignalEvent.Lost(Signal.TERM, 0, 0, 1));
    }

    SignalEvent decode(RecordBuffer records, int index) {
        Signal signal = Signal.of(records.signal(index));
        long arrivedAt = records.arrivedAt(index);
        long sequence = records.sequence(index);
        if (records.isLost(index)) {
            return new SignalEvent.Lost(signal, arrivedAt, sequence, records.count(index));
        }
        return switch (records.cause(index)) {
            case SENT -> new SignalEvent.Sent(signal, arrivedAt, sequence, sender(records, index));
            case QUEUED ->
                new SignalEvent.Queued(signal, arrivedAt, sequence, sender(records, index), records.value(index));
            case CHILD_CHANGED ->
                new SignalEvent.ChildChanged(
                        signal,
                        arrivedAt,
                        sequence,
                        records.pid(index),
                        records.status(index),
                        CHANGES[records.code(index) - 1]);
            case TIMER_EXPIRED ->
                new SignalEvent.TimerExpired(signal, arrivedAt, sequence, records.value(index), records.status(index));
            default -> new SignalEvent.FromKernel(signal, arrivedAt, sequence, records.code(index));
        };
    }

    /** A burst comes from one sender. One object serves all its signals that have the same look. */
    private Sender sender(RecordBuffer records, int index) {
        Sender sender = latestSender;
        int pid = records.pid(index);
        int uid = records.uid(index);
        int look = records.sender(index);
        boolean attaches = records.attaches(index);
        if (sender == null
                || sender.pid() != pid
                || (int) sender.uid() != uid
                || look != latestLook
                || attaches != sender.isAttaching()) {
            Lineage lineage = look == 0 ? null : lineages.ofSender(look);
            sender = Sender.of(
                    pid,
                    uid,
                    attaches,
                    lineage == null
                            ? ProcSenderDetails.later(pid, uid, records.arrivedAt(index))
                            : ProcSenderDetails.of(pid, uid, lineage));
            latestSender = sender;
            latestLook = look;
        }
        return sender;
    }
}
