package io.heliograph.programs.raise;

import io.heliograph.internal.raise.RaisingRun;
import io.heliograph.programs.Talk;
import java.util.concurrent.CountDownLatch;

/** A raise whose outcome tells that those before it have been tried. */
final class Probe {
    private static volatile long sink;

    private Probe() {}

    /** Raises in a busy thread: whatever was to be raised before was tried before. */
    static void probe() {
        RaisingRun run = new RaisingRun(false);
        Throwable what = new IllegalStateException("probe");
        CountDownLatch begun = new CountDownLatch(1);
        Throwable[] outcome = new Throwable[1];
        Thread thread = new Thread(() -> outcome[0] = run.run(() -> {
            begun.countDown();
            spin();
            return null;
        }));
        thread.start();
        try {
            begun.await();
            run.raise(what);
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Talk.say("probe " + (outcome[0] == what));
    }

    static void spin() {
        for (long i = 0; ; i++) {
            sink = i;
        }
    }
}
