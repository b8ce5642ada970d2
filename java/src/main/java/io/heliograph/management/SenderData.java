package io.heliograph.management;

import io.heliograph.Sender;
import io.heliograph.SignalEvent;
import java.time.Instant;
import javax.management.ConstructorParameters;

/** The sender of a signal and its time of arrival, for JMX. */
public final class SenderData {
    private final int pid;
    private final long uid;
    private final String origin;
    private final String arrivedAt;

    /**
     * Makes the data of a sender, as MXBeans do.
     *
     * @param uid see {@link #getUid()}
     * @param pid 0 if it is not known
     * @param origin {@link Sender.Origin}
     * @param arrivedAt as {@link Instant} writes it, to the millisecond
     */
    @ConstructorParameters({"pid", "uid", "origin", "arrivedAt"})
    public SenderData(int pid, long uid, String origin, String arrivedAt) {
        this.pid = pid;
        this.uid = uid;
        this.origin = origin;
        this.arrivedAt = arrivedAt;
    }

    static SenderData of(Sender sender, SignalEvent event) {
        Instant arrival = Instant.now().minusNanos(System.nanoTime() - event.arrivedAt());
        return new SenderData(
                sender.pid(),
                sender.uid(),
                sender.origin().name(),
                Instant.ofEpochMilli(arrival.toEpochMilli()).toString());
    }

    /** {@return the process id; 0 if it is not known} */
    public int getPid() {
        return pid;
    }

    /** {@return the real user id, 0 to 4294967295} */
    public long getUid() {
        return uid;
    }

    /** {@return where the sender is: the name of a {@link Sender.Origin}} */
    public String getOrigin() {
        return origin;
    }

    /** {@return the time of the arrival as {@link Instant} writes it, to the millisecond} */
    public String getArrivedAt() {
        return arrivedAt;
    }
}
