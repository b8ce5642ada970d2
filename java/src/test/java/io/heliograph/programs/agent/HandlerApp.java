package io.heliograph.programs.agent;

import io.heliograph.Disposition;
import io.heliograph.Registration;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * An app that sets handlers of its own by {@code sun.misc.Signal}, as its standard input says: {@code handle USR1 a},
 * {@code log TERM a} (which then calls the handler that it replaced), {@code ignore USR1}, {@code default USR1},
 * {@code restore USR1} (the one replaced last). Each is answered by {@code done}, the line and what was there before.
 *
 * <p>It also knows {@code foreign USR1} and {@code away USR1}, by which a native library sets a handler and takes it away,
 * and uses the library itself: {@code on USR1}, {@code close}, {@code disposition USR1}. {@code exit 3} exits.
 */
@SuppressWarnings("restriction") // it is what apps use
public final class HandlerApp {
    private final Map<String, Deque<SignalHandler>> replaced = new HashMap<>();
    private final Deque<Registration> registrations = new ArrayDeque<>();

    private HandlerApp() {}

    static native int putForeign(int signal);

    static native int takeForeignAway(int signal);

    /** The argument, if there is one, is the native library. */
    @SuppressWarnings("restricted") // System.load, of Java 24 and later
    public static void main(String[] args) {
        if (args.length > 0) {
            System.load(args[0]);
        }
        HandlerApp app = new HandlerApp();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Talk.say("hook ran")));
        Talk.say("ready");
        for (String line = Talk.hear(); !line.equals("end"); line = Talk.hear()) {
            Talk.say("done " + line + ": " + app.answer(line.split(" ")));
        }
    }

    private String answer(String[] words) {
        try {
            return obey(words);
        } catch (IllegalArgumentException refused) {
            return refused.getMessage();
        }
    }

    private String obey(String[] words) {
        switch (words[0]) {
            case "handle" -> {
                return replace(words[1], signal -> tell(words[2], signal));
            }
            case "log" -> {
                return replace(words[1], signal -> {
                    tell(words[2], signal);
                    replaced.get(words[1]).peek().handle(signal);
                });
            }
            case "ignore" -> {
                return replace(words[1], SignalHandler.SIG_IGN);
            }
            case "default" -> {
                return replace(words[1], SignalHandler.SIG_DFL);
            }
            case "restore" -> {
                Deque<SignalHandler> saved = replaced.getOrDefault(words[1], new ArrayDeque<>());
                return saved.isEmpty() ? "nothing" : show(Signal.handle(new Signal(words[1]), saved.pop()));
            }
            default -> {
                return useLibrary(words);
            }
        }
    }

    private String useLibrary(String[] words) {
        switch (words[0]) {
            case "foreign" -> {
                return "" + putForeign(io.heliograph.Signal.of(words[1]).number());
            }
            case "away" -> {
                return "" + takeForeignAway(io.heliograph.Signal.of(words[1]).number());
            }
            case "on" -> {
                registrations.push(Signals.on(
                        io.heliograph.Signal.of(words[1]), event -> Talk.say("caught SIG" + event.signal())));
                return "ok";
            }
            case "exit" -> {
                System.exit(Integer.parseInt(words[1]));
                return "never";
            }
            case "close" -> {
                registrations.pop().close();
                return "ok";
            }
            case "disposition" -> {
                Disposition now = Signals.dispositions().get(io.heliograph.Signal.of(words[1]));
                return now.kind() + " ours=" + now.ours() + " registrations=" + now.registrations() + " in "
                        + now.library().orElse("no library");
            }
            default -> throw new IllegalStateException(words[0]);
        }
    }

    private String replace(String signal, SignalHandler handler) {
        SignalHandler old = Signal.handle(new Signal(signal), handler);
        replaced.computeIfAbsent(signal, none -> new ArrayDeque<>()).push(old);
        return show(old);
    }

    private static void tell(String name, Signal signal) {
        Talk.say(name + " got " + signal);
    }

    /** Of a handler of the app or the JVM its kind: two runs are to be compared. */
    private static String show(SignalHandler handler) {
        if (handler == SignalHandler.SIG_DFL || handler == SignalHandler.SIG_IGN) {
            return handler == SignalHandler.SIG_DFL ? "SIG_DFL" : "SIG_IGN";
        }
        // What jdk.unsupported wraps a handler of the JDK's own in, a native one too.
        boolean isApps = handler.getClass().getName().contains("HandlerApp");
        return isApps ? "the app's" : callable(handler);
    }

    private static String callable(SignalHandler handler) {
        return handler == null ? "none" : handler.toString().contains("NativeHandler") ? "native" : "the JVM's";
    }
}
