package io.heliograph.jmh.app;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Registration;
import io.heliograph.SenderIdentity;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import io.heliograph.Signals;
import io.heliograph.jmh.cell.Program;
import io.heliograph.jmh.cell.ProgramCell;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Results;
import io.heliograph.jmh.report.Row;
import io.heliograph.jmh.report.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A JVM whose threads compute while it receives a flood of signals. Its handler looks at the senders in every second window
 * of time, so that both contenders find the machine in the same state. Prints a measurement a line.
 *
 * <pre>
 *   Flood PROGRAM SENDERS WARM_UP_WINDOWS MEASURED_WINDOWS
 * </pre>
 */
public final class Flood {
    private static final String SIGNALS_A_SECOND = "100000";
    private static final int COMPUTATIONS_IN_STEP = 1_000;

    private final BusyThreads threads = new BusyThreads(Flood::compute);
    private volatile boolean hasLooked;

    private Flood() {}

    static ProgramCell cell(int senders) {
        return new ProgramCell(
                rows(senders),
                workplace -> Workplace.java(
                        List.of(),
                        Flood.class,
                        workplace.program("flood"),
                        senders,
                        workplace.effort().pick(1, 10, 20),
                        workplace.effort().pick(2, 20, 25)));
    }

    private static List<Row> rows(int senders) {
        Row row = new Row("flood", "not-looking", Map.of("senders", Integer.toString(senders)), "1/s");
        return List.of(row, row.of("looking"));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        new Flood().run(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }

    private static int compute(int state) {
        int next = state;
        for (int i = 0; i < COMPUTATIONS_IN_STEP; i++) {
            next = next * 1103515245 + 12345;
        }
        return next;
    }

    private void run(String program, int senders, int warmUp, int measured) throws IOException, InterruptedException {
        Samples notLooking = new Samples();
        Samples looking = new Samples();
        // Keeps the signal caught while the other registrations change.
        Signals.on(Signal.USR1, event -> {}, Delivery.inline());
        for (int i = 0; i < warmUp; i++) {
            threads.rate();
        }
        String sent;
        String pid = Long.toString(ProcessHandle.current().pid());
        try (Program flood = Program.start(List.of(program, pid, SIGNALS_A_SECOND, Integer.toString(senders)))) {
            rate(this::look, Delivery.inline().withSender());
            rate(this::look, Delivery.inline().withSender());
            for (int i = 0; i < measured; i++) {
                notLooking.addRate(rate(event -> {}, Delivery.inline()));
                looking.addRate(rate(event -> {}, Delivery.inline().withSender()));
            }
            sent = flood.end();
        }
        threads.rate(); // until the last signal is handled
        Ledger.Counts counts = Signals.ledger().of(Signal.USR1);
        if (!hasLooked || counts.arrived() != counts.dispatched() + counts.lost()) {
            throw new IllegalStateException("looked: " + hasLooked + ", and the ledger says " + counts);
        }
        String check = sent + ", " + counts.arrived() + " arrived, " + counts.lost() + " lost";
        System.out.println(Results.line(notLooking.measurement(rows(senders).get(0), check)));
        System.out.println(Results.line(looking.measurement(rows(senders).get(1), check)));
    }

    /** Outside of the measured time, as it is itself some work. */
    private void look(SignalEvent event) {
        if (!hasLooked
                && event instanceof SignalEvent.Sent sent
                && sent.sender().identity().look() == SenderIdentity.Look.ON_ARRIVAL) {
            hasLooked = true;
        }
    }

    private long rate(SignalWorker worker, Delivery delivery) throws InterruptedException {
        try (Registration registration = Signals.on(Signal.USR1, worker, delivery)) {
            return threads.rate();
        }
    }
}
