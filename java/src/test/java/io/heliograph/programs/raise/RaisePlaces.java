package io.heliograph.programs.raise;

import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.internal.raise.RaisingRun;
import io.heliograph.programs.Talk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Raises an exception in a body that is at work, or waits, somewhere, and says when it came: {@code "at once"}, {@code
 * "interrupted"} where the wait ended by an exception of its own, {@code "afterwards"} where what the body waited for had to
 * come first. It is told what is expected, so that it can wait for that, however long it takes, and still tells what it saw.
 *
 * <pre>
 *   RaisePlaces platform|virtual FIFO PLACE=EXPECTED…
 * </pre>
 */
public final class RaisePlaces {
    static volatile long sink;

    /** Not a time that anything is expected to take: what has not come by then is not at once. */
    private static final long WAY_OUT_MILLIS = 60_000;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Object MONITOR = new Object();

    private static volatile boolean isEntered;
    private static boolean virtual;
    private static String fifo = "";

    private RaisePlaces() {}

    /**
     * @param frame a method that is on the body's stack when it is there; empty where it is there from the first
     * @param release brings what the body waits for; null where nothing would
     */
    private record Place(
            String frame, Callable<?> body, @Nullable Release release) {}

    /** Brings what the body waits for. */
    @FunctionalInterface
    private interface Release {
        void bring() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        virtual = args[0].equals("virtual");
        fifo = args[1];
        for (String argument : Arrays.asList(args).subList(2, args.length)) {
            String[] parts = argument.split("=", 2);
            Talk.say(parts[0] + ": " + tell(place(parts[0]), parts[1].equals("afterwards")));
        }
        Runtime.getRuntime().halt(0); // some of the bodies have no end
    }

    private static String tell(Place place, boolean isToStay) throws Exception {
        Throwable what = new IllegalStateException("raised");
        isEntered = false;
        @Nullable Throwable[] outcome = new Throwable[1];
        RaisingRun run = new RaisingRun(virtual);
        Thread thread = AnyThread.start(
                virtual,
                () -> outcome[0] = run.run(() -> {
                    isEntered = true;
                    return place.body().call();
                }));
        Talk.until(() -> isAt(thread, place.frame()));
        run.raise(what);
        if (isToStay && place.release() != null) {
            awaitManyTries();
        } else {
            thread.join(WAY_OUT_MILLIS);
        }
        boolean isReleased = thread.isAlive() && place.release() != null;
        if (place.release() != null) {
            place.release().bring(); // in any case: another place may need what this one has locked
        }
        thread.join(WAY_OUT_MILLIS);
        if (thread.isAlive()) {
            return "never: is there still";
        }
        Throwable seen = outcome[0];
        if (seen != what) {
            if (isOfInterrupt(seen)) {
                return "interrupted";
            }
            if (seen != null) {
                seen.printStackTrace(); // where it came instead
            }
            return "never: " + seen;
        }
        boolean isInBody = Arrays.stream(what.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(RaisePlaces.class.getName()));
        return (isReleased ? "afterwards" : "at once") + (isInBody ? "" : ", without the body's stack");
    }

    private static boolean isOfInterrupt(@Nullable Throwable outcome) {
        return outcome instanceof InterruptedException
                || outcome instanceof ClosedByInterruptException
                || (virtual && outcome instanceof SocketException); // JEP 444: an interrupt closes its socket
    }

    /**
     * Waits until the raiser has tried more often than it needs for any place where it can raise at all: so often that it
     * interrupts a thread which does not come out of a native method. A place that is left only then is told as such,
     * unless its thread has not come to run meanwhile.
     */
    private static void awaitManyTries() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            RaisingRun run = new RaisingRun(false);
            Thread probe = AnyThread.start(
                    false, () -> run.run(() -> client.getInputStream().read()));
            Talk.until(() -> Arrays.stream(probe.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("read")));
            run.raise(new IllegalStateException("probe"));
            Talk.until(probe::isInterrupted);
            accepted.getOutputStream().write(1);
            probe.join();
        }
    }

    private static boolean isAt(Thread thread, String frame) {
        return isEntered
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(element -> element.getMethodName().startsWith(frame));
    }

    private static Place place(String name) throws Exception {
        return switch (name) {
            case "busy loop" ->
                endless(() -> {
                    for (long x = 1; ; x++) {
                        sink = x;
                    }
                });
            case "recursion" -> endless(() -> fibonacci(90));
            case "stream of numbers" ->
                endless(() -> LongStream.range(0, Long.MAX_VALUE)
                        .map(x -> x * 3)
                        .filter(x -> x == 1)
                        .count());
            case "BigInteger" ->
                endless(() -> BigInteger.ONE.shiftLeft(90_000_000).toString());
            case "Thread.sleep" ->
                waiting("sleep", () -> {
                    Thread.sleep(1_000_000);
                    return null;
                });
            case "Object.wait" ->
                waiting("wait", () -> {
                    synchronized (MONITOR) {
                        MONITOR.wait();
                    }
                    return null;
                });
            case "Thread.join" ->
                waiting("join", () -> {
                    Thread.currentThread().join();
                    return null;
                });
            case "LockSupport.park" ->
                waiting("park", () -> {
                    while (true) {
                        LockSupport.park();
                    }
                });
            case "FutureTask.get" -> {
                FutureTask<Integer> future = new FutureTask<>(() -> 1);
                yield new Place("awaitDone", future::get, future::run);
            }
            case "CompletableFuture.get" -> {
                CompletableFuture<Integer> future = new CompletableFuture<>();
                yield new Place("waitingGet", () -> spinAfter(future.get()), () -> future.complete(1));
            }
            case "CompletableFuture.join" -> {
                CompletableFuture<Integer> future = new CompletableFuture<>();
                yield new Place("waitingGet", () -> spinAfter(future.join()), () -> future.complete(1));
            }
            case "BlockingQueue.take" -> waiting("take", () -> new LinkedBlockingQueue<>().take());
            case "ReentrantLock.lockInterruptibly" ->
                locked("lockInterruptibly", () -> {
                    LOCK.lockInterruptibly();
                    return spinAfter(1);
                });
            case "ReentrantLock.lock" ->
                locked("acquire", () -> {
                    LOCK.lock();
                    return spinAfter(1);
                });
            case "synchronized" -> entered();
            case "file read" -> {
                // Opened for both, so that the opening does not wait for the other side.
                RandomAccessFile file = new RandomAccessFile(fifo, "rw");
                yield new Place("read", () -> spinAfter(file.read()), () -> file.write(1));
            }
            case "Process.waitFor" -> waiting("waitFor", () -> process().waitFor());
            case "Signals.await" -> waiting("await", () -> Signals.await(Duration.ofHours(1), Signal.USR1));
            case "Socket read" -> socket();
            case "SocketChannel read" -> channel();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Ends with the input that this JVM holds open. */
    private static Process process() throws IOException {
        return new ProcessBuilder("cat").start();
    }

    private static Place endless(Callable<?> body) {
        return new Place("", body, null);
    }

    private static Place waiting(String frame, Callable<?> body) {
        return new Place(frame, body, null);
    }

    private static Place locked(String frame, Callable<?> body) {
        LOCK.lock();
        return new Place(frame, body, LOCK::unlock);
    }

    /** A monitor that another thread holds until it is released. */
    private static Place entered() throws InterruptedException {
        CompletableFuture<Void> held = new CompletableFuture<>();
        CompletableFuture<Void> released = new CompletableFuture<>();
        AnyThread.start(false, () -> {
            synchronized (MONITOR) {
                held.complete(null);
                released.join();
            }
        });
        held.join();
        return new Place("enter", () -> enter(), () -> released.complete(null));
    }

    private static long enter() {
        synchronized (MONITOR) {
            sink = 1;
        }
        return spinAfter(1);
    }

    private static Place socket() throws Exception {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept();
        return new Place(
                "read",
                () -> spinAfter(client.getInputStream().read()),
                () -> accepted.getOutputStream().write(1));
    }

    private static Place channel() throws Exception {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SocketChannel client =
                SocketChannel.open(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        Socket accepted = server.accept();
        return new Place(
                "read",
                () -> spinAfter(client.read(ByteBuffer.allocate(1))),
                () -> accepted.getOutputStream().write(1));
    }

    /** The body is not over when it has got what it waited for. */
    private static long spinAfter(int got) {
        for (long x = got; ; x++) {
            sink = x;
        }
    }

    private static long fibonacci(int n) {
        return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }
}
