package io.heliograph.programs.signals;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.util.concurrent.CompletableFuture;

/** Catches a signal that another process queues with the values 0, 1, 2 and so on; reports the first value out of order. */
public final class QueuedInOrder {
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private final int count;
    private int next;

    private QueuedInOrder(int count) {
        this.count = count;
    }

    /** The arguments are the signal and the number of values. */
    public static void main(String[] args) {
        QueuedInOrder program = new QueuedInOrder(Integer.parseInt(args[1]));
        Signals.on(Signal.of(args[0]), program::onSignal, Delivery.inline());
        Talk.say("ready");
        Talk.say(program.result.join());
    }

    private void onSignal(SignalEvent event) {
        if (event instanceof SignalEvent.Queued queued && queued.value() == next) {
            if (++next == count) {
                result.complete(count + " values in order");
            }
        } else {
            result.complete(event + " instead of the value " + next);
        }
    }
}
