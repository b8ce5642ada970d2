package io.heliograph.jmh.soak;

import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.jmh.cell.Counts;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** {@code jmh/soak}: works for some minutes, looks at the process now and then, and says whether anything grew. */
public final class Soak {
    private static final int WRONG_USE = 64;
    private static final int FROM_OUTSIDE_A_SECOND = 2_000;

    /** Caches fill in this time; the first look comes after it. */
    private static final double WARM_UP_SECONDS = 3;

    /** A signal on its way, or a thread that ends, takes no longer on a busy machine. */
    private static final long MOST_SETTLING_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SoakOptions options;
    /** Its write lock stops the work for a look. Fair: the workers take turns with the look. */
    private final ReentrantReadWriteLock work = new ReentrantReadWriteLock(true);

    private final Raisers raisers = new Raisers(work.readLock());
    private final Comings comings;
    private final List<Look> looks = new ArrayList<>();
    private final long begin = System.nanoTime();

    private final Process sender;

    private Soak(SoakOptions options) throws IOException {
        this.options = options;
        this.sender = startSender();
        this.comings = new Comings(work.readLock(), options.leak());
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        SoakOptions options;
        try {
            options = SoakOptions.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println("jmh/soak: " + e.getMessage());
            System.exit(WRONG_USE);
            return;
        }
        System.exit(new Soak(options).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        raisers.start();
        comings.start();
        sleepUntil(WARM_UP_SECONDS);
        while (!comings.wereAll() && comings.failure() == null) {
            sleepUntil(seconds() + 0.1);
        }
        look(false);
        double next = seconds();
        double end = next + options.minutes() * 60;
        boolean isLast = false;
        while (!isLast) {
            next = Math.min(next + options.everySeconds(), end);
            sleepUntil(next);
            isLast = isDone(end);
            look(isLast);
        }
        sender.getOutputStream().close();
        long sent = Counts.parse(new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .of("sent");
        return summary(sent);
    }

    private static Process startSender() throws IOException {
        Path program = Path.of(System.getProperty("heliograph.home", "."), "java/target/native/bin/soak_send");
        return new ProcessBuilder(
                        program.toString(),
                        Long.toString(ProcessHandle.current().pid()),
                        Integer.toString(Comings.FROM_OUTSIDE.number()),
                        Integer.toString(FROM_OUTSIDE_A_SECOND))
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private boolean isDone(double end) {
        return comings.failure() != null || seconds() >= end || Look.arrived(Signals.ledger()) >= options.signals();
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    private void sleepUntil(double second) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) ((second - seconds()) * 1e9));
    }

    /** Stops the work, waits until no signal is on its way, and prints a line. At last it waits for what is about to end, too. */
    private void look(boolean isLast) throws IOException {
        work.writeLock().lock();
        Signals.send(sender.pid(), Signal.STOP);
        try {
            long until = System.nanoTime() + MOST_SETTLING_NANOS;
            Ledger ledger = Signals.ledger();
            System.gc(); // closes what is open of ended processes
            while ((!Look.isWhole(ledger) || Look.isAtASender() || (isLast && hasGrown()))
                    && System.nanoTime() < until) {
                LockSupport.parkNanos(100_000);
                ledger = Signals.ledger();
            }
            Look look = Look.now(seconds(), ledger, raisers.raised(), Raisers.arrived(ledger));
            looks.add(look);
            System.out.println(look.line());
        } finally {
            Signals.send(sender.pid(), Signal.CONT);
            work.writeLock().unlock();
        }
    }

    /** A registration's thread ends soon after its registration; the collector's cleaner closes soon after it. */
    private boolean hasGrown() throws IOException {
        Look start = looks.get(0);
        return Look.threadsNow().size() > start.threads().size()
                || Look.descriptorsNow().size() > start.descriptors().size();
    }

    private boolean summary(long sent) {
        Look end = looks.get(looks.size() - 1);
        Verdict verdict = Verdict.of(looks);
        List<String> failures = new ArrayList<>(verdict.failures());
        @Nullable Throwable failure = comings.failure();
        if (failure != null) {
            failures.add("a thread has ended: " + failure);
        }
        if (!comings.wereAll()) {
            failures.add("not all was done: " + comings.summary());
        }
        long arrived = end.ledger().of(Comings.FROM_OUTSIDE).arrived();
        if (arrived == 0 || arrived > sent) {
            failures.add(sent + " were sent from outside, and " + arrived + " arrived");
        }
        System.out.println();
        end.ledger().counts().forEach((signal, counts) -> {
            if (counts.arrived() > 0) {
                System.out.printf(
                        Locale.ROOT,
                        "%-12s arrived %,d = dispatched %,d + lost %,d%n",
                        signal,
                        counts.arrived(),
                        counts.dispatched(),
                        counts.lost());
            }
        });
        System.out.printf(
                Locale.ROOT,
                "%,d raised and %,d of them arrived; %,d sent from outside, where equal ones merge%n%s%n",
                end.raised(),
                end.arrivedOfRaised(),
                sent,
                comings.summary());
        System.out.printf(
                Locale.ROOT,
                "descriptors %d, at the start %d; threads %d, at the start %d%n",
                end.descriptors().size(),
                looks.get(0).descriptors().size(),
                end.threads().size(),
                looks.get(0).threads().size());
        System.out.printf(
                Locale.ROOT,
                "resident memory %+.0f KiB over the second half, at most %+d%n",
                verdict.growthKib(),
                Verdict.MOST_GROWTH_KIB);
        failures.forEach(line -> System.out.println("FAILED: " + line));
        System.out.printf(
                Locale.ROOT,
                "soak of %,d signals in %.0f s: %s%n",
                end.arrived(),
                end.seconds(),
                failures.isEmpty() ? "passed" : "FAILED");
        return failures.isEmpty();
    }
}
