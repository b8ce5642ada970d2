package io.heliograph.programs.signals;

import com.sun.management.ThreadMXBean;
import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.lang.management.ManagementFactory;

/** Counts what 100,000 events of an inline worker cost, after as many that warm it up. */
public final class EventCosts {
    private static final int EVENTS = 100_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long[] arrivedAt = new long[EVENTS];
    private volatile SignalEvent latest; // kept, or the compiler would see that it need not be made at all
    private volatile int count;
    private volatile long dispatcher;

    private EventCosts() {}

    public static void main(String[] args) {
        new EventCosts().run();
    }

    private void run() {
        Signals.on(Signal.USR1, this::onUsr1, Delivery.inline());
        raiseAll();
        long allocated = threads.getThreadAllocatedBytes(dispatcher);
        long started = threads.getTotalStartedThreadCount();
        int outside = raiseAll();
        long bytes = threads.getThreadAllocatedBytes(dispatcher) - allocated;
        Talk.say("costs of " + latest.signal() + " events=" + count + " outside=" + outside + " bytes="
                + (bytes + EVENTS - 1) / EVENTS + " threads=" + (threads.getTotalStartedThreadCount() - started));
    }

    @SuppressWarnings("deprecation") // Thread.threadId() is of Java 19
    private void onUsr1(SignalEvent event) {
        dispatcher = Thread.currentThread().getId();
        latest = event;
        arrivedAt[count] = event.arrivedAt();
        count = count + 1;
    }

    /** How many events were not stamped while they were raised. */
    private int raiseAll() {
        count = 0;
        int outside = 0;
        for (int i = 0; i < EVENTS; i++) {
            int before = i;
            long asked = System.nanoTime();
            Signals.raise(Signal.USR1);
            long done = System.nanoTime();
            while (count == before) {
                Thread.onSpinWait();
            }
            outside += arrivedAt[i] - asked < 0 || done - arrivedAt[i] < 0 ? 1 : 0;
        }
        return outside;
    }
}
