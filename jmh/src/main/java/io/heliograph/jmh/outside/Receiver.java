package io.heliograph.jmh.outside;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.jmh.benchmarks.SunMisc;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The JVM that is signalled from outside. Its worker stamps the time and acknowledges. It first raises the signal itself, so
 * often as it is told; then it says "ready PID", for now it can be signalled; at the end of standard input it says what it
 * has counted, and ends. With "nothing", a thread polls what the sender counts, and no signal comes.
 *
 * <pre>
 *   Receiver FILE heliograph|heliograph-own-thread|sun.misc|nothing WARM_UP
 * </pre>
 */
public final class Receiver {
    /** The empty run. */
    static final String NOTHING = "nothing";

    static final String OWN_THREAD = "heliograph-own-thread";

    private final Exchange exchange;
    private final int warmUp;
    private volatile Exchange current;

    private Receiver(Exchange exchange, int warmUp) {
        this.exchange = exchange;
        this.warmUp = warmUp;
        this.current = Exchange.ofOwn(warmUp);
    }

    public static void main(String[] args) throws IOException {
        Receiver receiver = new Receiver(Exchange.of(Path.of(args[0])), Integer.parseInt(args[2]));
        boolean isOurs = isOurs(args[1]);
        if (args[1].equals(NOTHING)) {
            receiver.poll();
        } else {
            receiver.listen(args[1]);
            receiver.warmUp();
        }
        System.out.println("ready " + ProcessHandle.current().pid());
        while (System.in.read() >= 0) {}
        System.out.println("handled " + receiver.exchange.handled() + (isOurs ? receiver.counts() : ""));
        System.exit(0);
    }

    static boolean isOurs(String api) {
        return api.startsWith("heliograph");
    }

    private void listen(String api) {
        if (isOurs(api)) {
            Delivery delivery = api.equals(OWN_THREAD) ? Delivery.ownThread() : Delivery.inline();
            Signals.on(Signal.USR1, event -> note(), delivery);
        } else {
            new SunMisc(Signal.USR1, this::note);
        }
    }

    private void poll() {
        Thread poller = new Thread(
                () -> {
                    while (true) {
                        while (exchange.sent() == exchange.handled()) {
                            Thread.onSpinWait();
                        }
                        exchange.note(System.nanoTime());
                    }
                },
                "poller");
        poller.setDaemon(true);
        poller.start();
    }

    /** As a service that has run for a while: what an arrival goes through has been compiled. */
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
