package io.heliograph.management;

import io.heliograph.Ledger;
import javax.management.ConstructorParameters;

/** {@link Ledger.Counts}, for JMX. */
public final class CountsData {
    private final long arrived;
    private final long dispatched;
    private final long lost;

    @ConstructorParameters({"arrived", "dispatched", "lost"})
    public CountsData(long arrived, long dispatched, long lost) {
        this.arrived = arrived;
        this.dispatched = dispatched;
        this.lost = lost;
    }

    static CountsData of(Ledger.Counts counts) {
        return new CountsData(counts.arrived(), counts.dispatched(), counts.lost());
    }

    public long getArrived() {
        return arrived;
    }

    public long getDispatched() {
        return dispatched;
    }

    public long getLost() {
        return lost;
    }
}
