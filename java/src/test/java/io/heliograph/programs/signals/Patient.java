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
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lives a life with signals as the test tells it to, and lets the doctor examine it. It talks as {@link Console} does.
 * Workers are inline, so that no thread comes or goes while it is examined.
 */
@SuppressWarnings("restricted") // System.load, of Java 24 and later
public final class Patient {
    private final Map<String, Registration> registrations = new HashMap<>();

    private Patient() {}

    public static void main(String[] args) {
        Patient patient = new Patient();
        for (String line = Talk.hear(); !line.endsWith(" end"); line = Talk.hear()) {
            String[] words = line.split(" ");
            Talk.say(words[0] + " " + patient.answer(words));
        }
    }

    private String answer(String[] words) {
        try {
            return execute(words[1], words.length > 2 ? words[2] : "");
        } catch (Exception | LinkageError e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private String execute(String command, String word) {
        switch (command) {
            case "catch" -> registrations.put(word, Signals.on(Signal.of(word), new Worker(), Delivery.inline()));
            case "observe" ->
                registrations.put(word, Signals.observe(Signal.of(word), new Worker(), Delivery.inline()));
            case "ignore" -> registrations.put(word, Signals.ignore(Signal.of(word)));
            case "default" -> registrations.put(word, Signals.restoreDefault(Signal.of(word)));
            case "close" -> registrations.get(word).close();
            case "raise" -> raise(Signal.of(word));
            case "app" -> AppsHandler.put(word);
            case "app-restores" -> AppsHandler.restore(word);
            case "app-ignores" -> AppsHandler.ignore(word);
            case "load" -> System.load(word);
            case "examine" -> {
                return Signals.dispositions().values().stream()
                        .map(Patient::finding)
                        .collect(Collectors.joining(";"));
            }
            case "table" -> {
                Talk.say(Disposition.table(Signals.dispositions().values()) + "end of table");
            }
            default -> throw new IllegalArgumentException(command);
        }
        return "ok";
    }

    /** Dispatched is what a worker has been handed, so the ledger tells it a moment after the worker does. */
    private static void raise(Signal signal) {
        Signals.raise(signal);
        Talk.until(() -> {
            Ledger.Counts counts = Signals.ledger().of(signal);
            return counts.dispatched() == counts.arrived();
        });
    }

    private static String finding(Disposition disposition) {
        Disposition.Blocked blocked = disposition.blocked().orElseThrow();
        return String.join(
                " ",
                disposition.signal().name(),
                "" + disposition.signal().number(),
                disposition.kind().name(),
                "" + blocked.inFirstThread(),
                "" + blocked.threads(),
                "" + blocked.ofThreads(),
                "" + blocked.pending(),
                disposition.layers().stream().map(Patient::layer).collect(Collectors.joining(">")),
                disposition.registered().stream()
                        .map(registered ->
                                registered.asked() + ":" + registered.worker().orElse("nobody"))
                        .collect(Collectors.joining("+", "[", "]")),
                disposition.counts().arrived() + "/" + disposition.counts().dispatched() + "/"
                        + disposition.counts().lost(),
                disposition.lastSender().map(sender -> "" + sender.pid()).orElse("none"));
    }

    private static String layer(Disposition.Layer layer) {
        return layer.kind() + ":" + layer.by() + ":"
                + layer.library().map(file -> file.replaceFirst(".*/", "")).orElse("") + ":"
                + layer.javaClass().orElse("");
    }

    /** A worker with a name. */
    static final class Worker implements SignalWorker {
        @Override
        public void onSignal(SignalEvent event) {
            Talk.say("worked " + event.signal());
        }
    }

    /** What an app gives to sun.misc.Signal, which an image may lack. */
    static final class AppsHandler implements sun.misc.SignalHandler {
        private static final Map<String, sun.misc.SignalHandler> REPLACED = new HashMap<>();

        static void put(String signal) {
            REPLACED.put(signal, sun.misc.Signal.handle(new sun.misc.Signal(signal), new AppsHandler()));
        }

        static void restore(String signal) {
            sun.misc.Signal.handle(new sun.misc.Signal(signal), REPLACED.get(signal));
        }

        static void ignore(String signal) {
            sun.misc.Signal.handle(new sun.misc.Signal(signal), SIG_IGN);
        }

        @Override
        public void handle(sun.misc.Signal signal) {
            Talk.say("app handled " + signal.getName());
        }
    }
}
