package io.heliograph.management;

import io.heliograph.Ledger;
import javax.management.ConstructorParameters;

/** {@link Ledger.Counts}, for JMX. */
public final class CountsData {
    private final long arrived;
    private final long dispatched;
    private final long lost;

    /**
     * Makes the data of these counts, as MXBeans do.
     *
     * @param arrived see {@link #getArrived()}
     * @param dispatched see {@link #getDispatched()}
     * @param lost see {@link #getLost()}
     */
    @ConstructorParameters({"arrived", "dispatched", "lost"})
    public CountsData(long arrived, long dispatched, long lost) {
        this.arrived = arrived;
        this.dispatched = dispatched;
        this.lost = lost;
    }

    static CountsData of(Ledger.Counts counts) {
        return new CountsData(counts.arrived(), counts.dispatched(), counts.lost());
    }

    /** {@return the arrivals that our handler took} */
    public long getArrived() {
        return arrived;
    }

    /** {@return the arrivals whose event went to every registered worker} */
    public long getDispatched() {
        return dispatched;
    }

    /** {@return the arrivals whose details did not reach every such worker} */
    public long getLost() {
        return lost;
    }
}
