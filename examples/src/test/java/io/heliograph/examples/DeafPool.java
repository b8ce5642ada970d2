package io.heliograph.examples;

import io.heliograph.Signal;
import io.heliograph.Signals;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The second essay's defective scheme: the pool of {@link PoolEndsAtOnce} without a group. Main hears the signal when its join
 * has returned, and by then the pool has started the tasks that waited, which need a Ctrl-C of their own.
 */
final class DeafPool {
    private DeafPool() {}

    public static void main(String[] args) throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        Signals.on(Signal.INT, event -> interrupted.set(true));
        ExecutorService pool = Executors.newFixedThreadPool(3);
        for (int i = 0; i < 6; i++) {
            var unused = pool.submit(DeafPool::runHandler);
        }
        pool.shutdown();
        boolean ended = pool.awaitTermination(1, TimeUnit.HOURS);
        if (ended && interrupted.get()) {
            System.out.println("[-] main exit");
        }
    }

    private static int runHandler() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PoolEndsAtOnce.HandlerProcess.class.getName())
                .inheritIO()
                .start()
                .waitFor();
    }
}
