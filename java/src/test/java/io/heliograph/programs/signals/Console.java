package io.heliograph.programs.signals;

import io.heliograph.Delivery;
import io.heliograph.Disposition;
import io.heliograph.Ledger;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Does with signals what the test tells it to, a numbered command a line ({@code 3 on a USR1 inline}), each answered by its
 * number and {@code ok} or what went wrong. Each event is a line that begins with its registration's name.
 */
public final class Console {
    private final Map<String, Registration> registrations = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newFixedThreadPool(2, task -> new Thread(task, "executor"));

    private Console() {}

    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> Talk.say("uncaught " + failure + " in " + thread.getName()));
        Console console = new Console();
        for (String line = Talk.hear(); !line.endsWith(" end"); line = Talk.hear()) {
            String[] words = line.split(" ");
            Talk.say(words[0] + " " + console.answer(words));
        }
        console.executor.shutdown();
    }

    private String answer(String[] words) {
        try {
            return execute(words);
        } catch (Exception e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private String execute(String[] words) throws Exception {
        switch (words[1]) {
            case "on" -> keep(words, Signals.on(signal(words[3]), worker(words), delivery(words[4])));
            case "observe" -> keep(words, Signals.observe(signal(words[3]), worker(words), delivery(words[4])));
            case "ignore" -> keep(words, Signals.ignore(signal(words[3])));
            case "default" -> keep(words, Signals.restoreDefault(signal(words[3])));
            case "close" -> registrations.get(words[2]).close();
            case "raise" -> Signals.raise(signal(words[2]));
            case "send" -> Signals.send(pid(words[2]), signal(words[3]));
            case "queue" -> Signals.send(pid(words[2]), signal(words[3]), Integer.parseInt(words[4]));
            case "disposition" -> {
                return show(Signals.dispositions().get(signal(words[2])));
            }
            case "ledger" -> {
                Ledger.Counts counts = Signals.ledger().of(signal(words[2]));
                return "arrived=" + counts.arrived() + " dispatched=" + counts.dispatched() + " lost=" + counts.lost();
            }
            case "spawn" -> {
                Process child = new ProcessBuilder("sh", "-c", words[2].replace('_', ' ')).start();
                child.waitFor();
                return "pid " + child.pid();
            }
            case "status" -> {
                return ""
                        + new ProcessBuilder("sh", "-c", words[2].replace('_', ' '))
                                .start()
                                .waitFor();
            }
            case "broken-pipe" -> writeToBrokenPipe();
            case "too-large-file" -> writeTooLargeFile();
            default -> throw new IllegalArgumentException(words[1]);
        }
        return "ok";
    }

    private static void writeToBrokenPipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        try (Pipe.SinkChannel sink = pipe.sink()) {
            sink.write(ByteBuffer.allocate(1));
        }
    }

    private static void writeTooLargeFile() throws IOException {
        Path file = Files.createTempFile("heliograph-test", ".large");
        try {
            Files.write(file, new byte[16 << 20]);
        } finally {
            Files.delete(file);
        }
    }

    private void keep(String[] words, Registration registration) {
        registrations.put(words[2], registration);
    }

    private static Signal signal(String name) {
        return Signal.of(name);
    }

    private static long pid(String word) {
        return word.equals("self") ? ProcessHandle.current().pid() : Long.parseLong(word);
    }

    private Delivery delivery(String word) {
        return switch (word) {
            case "inline" -> Delivery.inline();
            case "own" -> Delivery.ownThread();
            default -> Delivery.on(executor);
        };
    }

    /** Tells of the event, and then does what the words from the fifth on say. */
    private SignalWorker worker(String[] words) {
        String behaviour = words.length > 5 ? words[5] : "none";
        return event -> {
            boolean interrupted = Thread.currentThread().isInterrupted();
            Talk.say(words[2] + " got " + show(event) + " in "
                    + Thread.currentThread().getName() + (interrupted ? ", interrupted" : ""));
            switch (behaviour) {
                case "throws-runtime-exception" -> throw new IllegalStateException("on purpose");
                case "throws-error" -> throw new AssertionError("on purpose");
                case "throws-interrupted" -> throw new InterruptedException("on purpose");
                case "closes" -> close(words[6]);
                default -> {}
            }
        };
    }

    private void close(String name) {
        registrations.get(name).close();
        Talk.say("closed " + name);
    }

    private static String show(SignalEvent event) {
        String what = event.getClass().getSimpleName() + " " + event.signal();
        if (event instanceof SignalEvent.Sent sent) {
            return what + " from " + sent.sender() + " " + sent.sender().origin();
        }
        if (event instanceof SignalEvent.Queued queued) {
            return what + " from " + queued.sender() + " " + queued.sender().origin() + " value " + queued.value();
        }
        if (event instanceof SignalEvent.ChildChanged child) {
            return what + " pid " + child.pid() + " " + child.change() + " " + child.status();
        }
        return event instanceof SignalEvent.FromKernel kernel ? what + " code " + kernel.code() : what;
    }

    private static String show(Disposition disposition) {
        return disposition.kind() + " ours=" + disposition.ours() + " registrations=" + disposition.registrations()
                + " in "
                + disposition.library().map(file -> file.replaceAll(".*/", "")).orElse("none");
    }
}
