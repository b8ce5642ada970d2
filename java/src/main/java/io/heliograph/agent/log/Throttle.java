package io.heliograph.agent.log;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Admits ten events a second of each signal and sender, a hundred of each signal, and counts the others. It reports the
 * count when the second is over, or before the first line of another signal, so that lines keep the order of arrival.
 *
 * <p>A second begins with the first arrival after the last second. Used by the agent's thread alone.
 */
public final class Throttle {
    /** Lines a second for one signal and one sender. */
    static final int MOST_LINES_OF_SENDER = 10;

    /** Lines a second for one signal: a script that runs {@code kill} is many senders. */
    static final int MOST_LINES = 100;

    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Timer timer;
    private final Rest rest;
    private final List<Second> seconds = new ArrayList<>();

    Throttle(Timer timer, Rest rest) {
        this.timer = timer;
        this.rest = rest;
    }

    /** Runs tasks later, on the agent's thread. */
    public interface Timer {
        /**
         * Runs a task once, at that time or when the agent goes.
         *
         * @param time on the clock of {@link System#nanoTime()}
         */
        void at(long time, Runnable task);
    }

    /** Receives the counts. */
    interface Rest {
        /**
         * Receives the count of events without a line.
         *
         * @param lastArrivedAt when the last of them arrived, on the clock of {@link System#nanoTime()}
         */
        void tell(Signal signal, long count, long lastArrivedAt);
    }

    /** Whether the event gets a line. Reports counts that are due before. */
    boolean admits(SignalEvent event) {
        Second second = secondOf(event.signal());
        if (second.isOverAt(event.arrivedAt())) {
            tell(second);
            second.begin(event.arrivedAt());
        }
        boolean isFirst = second.lines == 0;
        if (second.admits(event)) {
            if (isFirst) {
                tellAll();
            }
            return true;
        }
        if (second.count == 0) {
            tellWhenOver(second);
        }
        second.count += event instanceof SignalEvent.Lost lost ? lost.count() : 1;
        second.lastArrivedAt = event.arrivedAt();
        return false;
    }

    /** Reports all counts. */
    void tellAll() {
        for (Second second : seconds) {
            tell(second);
        }
    }

    private void tell(Second second) {
        if (second.count > 0) {
            long count = second.count;
            second.count = 0;
            rest.tell(second.signal, count, second.lastArrivedAt);
        }
    }

    private void tellWhenOver(Second second) {
        long began = second.began;
        timer.at(began + SECOND, new Runnable() {
            @Override
            public void run() {
                if (second.began == began) { // else it has been reported
                    tell(second);
                }
            }
        });
    }

    private Second secondOf(Signal signal) {
        for (Second second : seconds) {
            if (second.signal == signal) {
                return second;
            }
        }
        Second made = new Second(signal);
        seconds.add(made);
        return made;
    }

    private static final class Second {
        private final Signal signal;
        private long began;
        private int lines;
        /** The senders of this second, and how many lines each has. */
        private final int[] pids = new int[MOST_LINES];

        private final int[] linesOf = new int[MOST_LINES];
        private int senders;
        private long count;
        private long lastArrivedAt;

        Second(Signal signal) {
            this.signal = signal;
        }

        boolean isOverAt(long time) {
            return lines == 0 || time - began >= SECOND;
        }

        void begin(long time) {
            began = time;
            lines = 0;
            senders = 0;
        }

        boolean admits(SignalEvent event) {
            if (lines == MOST_LINES) {
                return false;
            }
            int sender = indexOf(pidOf(event));
            if (linesOf[sender] == MOST_LINES_OF_SENDER) {
                return false;
            }
            linesOf[sender]++;
            lines++;
            return true;
        }

        private int indexOf(int pid) {
            for (int i = 0; i < senders; i++) {
                if (pids[i] == pid) {
                    return i;
                }
            }
            pids[senders] = pid;
            linesOf[senders] = 0;
            return senders++;
        }

        /** Events without a sender count as one sender's. */
        private static int pidOf(SignalEvent event) {
            if (event instanceof SignalEvent.Sent sent) {
                return sent.sender().pid();
            }
            return event instanceof SignalEvent.Queued queued ? queued.sender().pid() : 0;
        }
    }
}
