package io.heliograph.programs.signals;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.programs.Tally;
import java.util.BitSet;

/**
 * Catches what another process sends: USR1 by kill, RTMIN+3 with a number that counts up from 0 in each burst. The test
 * announces each burst ({@code burst N}: N of RTMIN+3), and hears what came of it when all N are there.
 */
public final class OutsideBursts {
    private static final Signal QUEUED = Signal.realTime(3);

    private final Tally all = new Tally();
    private final Tally killed = new Tally();
    private final Tally queued = new Tally();
    private final BitSet values = new BitSet();
    private int latest = -1;
    private int doubles;
    private int inversions;

    private OutsideBursts() {}

    public static void main(String[] args) {
        new OutsideBursts().run();
    }

    private void run() {
        Signals.on(
                Signal.USR1,
                event -> {
                    all.onSignal(event);
                    killed.onSignal(event);
                },
                Delivery.inline());
        Signals.on(QUEUED, this::onQueued, Delivery.inline());
        Talk.say("caught");
        for (String line = Talk.hear(); !line.equals("end"); line = Talk.hear()) {
            burst(Integer.parseInt(line.substring("burst ".length())));
        }
        Talk.until(() -> isAccounted(Signal.USR1, killed) && isAccounted(QUEUED, queued));
        tell(Signal.USR1, killed);
        tell(QUEUED, queued);
        Talk.say("all disorder=" + all.disorder());
        Talk.say("end");
    }

    private synchronized void onQueued(SignalEvent event) {
        all.onSignal(event);
        queued.onSignal(event);
        if (event instanceof SignalEvent.Queued known) {
            doubles += values.get(known.value()) ? 1 : 0;
            inversions += known.value() < latest ? 1 : 0;
            latest = known.value();
            values.set(known.value());
        }
    }

    private void burst(int count) {
        long before = queued.accounted();
        Talk.say("ready");
        Talk.until(() -> queued.accounted() >= before + count);
        synchronized (this) {
            Talk.say("burst got=" + (queued.accounted() - before) + " missing=" + (count - values.cardinality())
                    + " beyond=" + (values.length() - count) + " doubles=" + doubles + " inversions=" + inversions);
            values.clear();
            latest = -1;
            doubles = 0;
            inversions = 0;
        }
    }

    private static boolean isAccounted(Signal signal, Tally tally) {
        Ledger.Counts counts = Signals.ledger().of(signal);
        return counts.arrived() == tally.accounted() && counts.arrived() == counts.dispatched() + counts.lost();
    }

    private static void tell(Signal signal, Tally tally) {
        Ledger.Counts counts = Signals.ledger().of(signal);
        Talk.say("signal " + signal + " arrived=" + counts.arrived() + " dispatched=" + counts.dispatched() + " lost="
                + counts.lost() + " events=" + tally.events() + " told=" + tally.told() + " disorder="
                + tally.disorder());
    }
}
