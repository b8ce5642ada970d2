package io.heliograph.jmh.outside;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.jmh.benchmarks.SunMisc;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The JVM that is signalled from outside. It first raises the signal itself, to warm up; then it prints "ready PID". At the
 * end of standard input it prints its counts, and ends.
 *
 * <pre>
 *   OutsideReceiver FILE heliograph|heliograph-own-thread|sun.misc WARM_UP
 * </pre>
 */
public final class OutsideReceiver {
    private final Exchange exchange;
    private final int warmUp;
    private volatile Exchange current;

    private OutsideReceiver(Exchange exchange, int warmUp) {
        this.exchange = exchange;
        this.warmUp = warmUp;
        this.current = Exchange.ofOwn(warmUp);
    }

    public static void main(String[] args) throws IOException {
        OutsideReceiver receiver = new OutsideReceiver(Exchange.of(Path.of(args[0])), Integer.parseInt(args[2]));
        String api = args[1];
        switch (api) {
            case "sun.misc" -> SunMisc.handle(Signal.USR1.name(), receiver::note);
            case "heliograph" -> Signals.on(Signal.USR1, event -> receiver.note(), Delivery.inline());
            default -> Signals.on(Signal.USR1, event -> receiver.note(), Delivery.ownThread());
        }
        receiver.warmUp();
        System.out.println("ready " + ProcessHandle.current().pid());
        while (System.in.read() >= 0) {}
        System.out.println("handled " + receiver.exchange.handled() + (isOurs(api) ? receiver.counts() : ""));
        System.exit(0);
    }

    static boolean isOurs(String api) {
        return api.startsWith("heliograph");
    }

    /** Afterwards the code of an arrival is compiled, as in a service that has run for a while. */
    private void warmUp() {
        for (int i = 1; i <= warmUp; i++) {
            Signals.raise(Signal.USR1);
            while (current.handled() != i) {
                Thread.onSpinWait();
            }
        }
        current = exchange;
    }

    private void note() {
        long handledAt = System.nanoTime();
        current.note(handledAt);
    }

    private String counts() {
        Ledger.Counts counts = Signals.ledger().of(Signal.USR1);
        return " arrived " + (counts.arrived() - warmUp) + " dispatched " + (counts.dispatched() - warmUp) + " lost "
                + counts.lost();
    }
}
