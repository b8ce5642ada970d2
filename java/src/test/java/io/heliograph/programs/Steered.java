package io.heliograph.programs;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Acknowledges each signal in a file that the sender has mapped too (native/test/send_steadily.c), and does meanwhile what
 * the test tells it, in a {@code Conversation}: starts threads, starts processes, looks at the ledger.
 */
public final class Steered {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer acknowledged;
    private final List<Registration> registrations = new ArrayList<>();
    private volatile boolean starting;
    private Thread starter = new Thread(() -> {});

    private Steered(ByteBuffer acknowledged) {
        this.acknowledged = acknowledged;
    }

    /** The file is the argument. */
    public static void main(String[] args) throws Exception {
        try (FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Steered app = new Steered(file.map(FileChannel.MapMode.READ_WRITE, 0, 2 * Long.BYTES));
            for (String line = Talk.hear(); !line.endsWith(" end"); line = Talk.hear()) {
                String[] words = line.split(" ", -1);
                Talk.say(words[0] + " " + app.answer(words[1], words[words.length - 1]));
            }
        }
    }

    private String answer(String command, String argument) throws IOException, InterruptedException {
        switch (command) {
            case "catch" -> registrations.add(Signals.on(Signal.of(argument), event -> handled(), Delivery.inline()));
            case "close" -> {
                registrations.forEach(Registration::close);
                registrations.clear();
            }
            case "counts" -> {
                Ledger.Counts counts = Signals.ledger().of(Signal.of(argument));
                return counts.arrived() + " elsewhere " + counts.elsewhere() + " lost " + counts.lost();
            }
            case "threads" -> startThreads(argument.equals("come"));
            case "children" -> {
                return blockedInChildren(Integer.parseInt(argument)).toString();
            }
            case "raise" -> { // raise(3): to this thread alone; only of what has a handler there
                sun.misc.Signal signal = new sun.misc.Signal(argument);
                sun.misc.Signal.handle(signal, unused -> {});
                sun.misc.Signal.raise(signal);
            }
            case "handled" -> {
                return "" + awaitHandled(Long.parseLong(argument));
            }
            case "more" -> {
                return "" + awaitHandled((long) LONGS.getVolatile(acknowledged, 0) + 1);
            }
            default -> throw new IllegalArgumentException(command);
        }
        return "ok";
    }

    private boolean awaitHandled(long wanted) {
        return Talk.until(() -> (long) LONGS.getVolatile(acknowledged, 0) >= wanted);
    }

    /** The dispatcher's thread alone. */
    private void handled() {
        LONGS.setVolatile(acknowledged, Long.BYTES, System.nanoTime());
        LONGS.setVolatile(acknowledged, 0, (long) LONGS.getVolatile(acknowledged, 0) + 1);
    }

    private void startThreads(boolean on) throws InterruptedException {
        starting = on;
        starter.join();
        if (on) {
            starter = new Thread(this::startThreadAfterThread, "starter");
            starter.setDaemon(true);
            starter.start();
        }
    }

    private void startThreadAfterThread() {
        try {
            while (starting) {
                Thread thread = new Thread(Thread::yield);
                thread.start();
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each mask that a child has begun with; some are started by a thread that has inherited its own. */
    private static Set<String> blockedInChildren(int count) throws IOException, InterruptedException {
        Set<String> masks = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            if (i % 2 == 0) {
                masks.add(ChildMask.ofNew());
            } else {
                Thread thread = new Thread(() -> masks.add(ChildMask.ofNew()));
                thread.start();
                thread.join();
            }
        }
        return masks;
    }
}
