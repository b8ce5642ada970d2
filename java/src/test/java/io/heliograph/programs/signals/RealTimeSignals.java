package io.heliograph.programs.signals;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.util.concurrent.CountDownLatch;

/** Catches RTMIN to RTMIN+27, queues one of each to itself, and tells each event, also those sent from outside. */
public final class RealTimeSignals {
    private static final int COUNT = 28;

    private RealTimeSignals() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch ownOnes = new CountDownLatch(COUNT);
        for (int i = 0; i < COUNT; i++) {
            Signals.on(Signal.realTime(i), event -> {
                tell(event);
                ownOnes.countDown();
            });
        }
        long self = ProcessHandle.current().pid();
        for (int i = 0; i < COUNT; i++) {
            Signals.send(self, Signal.realTime(i), 1000 + i);
        }
        ownOnes.await();
        Talk.say("ready");
        Talk.hear("end");
    }

    private static void tell(SignalEvent event) {
        String value = event instanceof SignalEvent.Queued queued
                ? " value " + queued.value() + " from " + queued.sender().origin()
                : "";
        Talk.say(event.getClass().getSimpleName() + " " + event.signal() + value);
    }
}
