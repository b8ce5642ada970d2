package io.heliograph.programs.workers;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.internal.process.SupervisedProcess;
import io.heliograph.programs.Talk;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Starts supervised processes as the test tells it to, and talks as {@link Console} does. What they print is among its own
 * lines, or in a file. Or, {@code Processes hear SIGNAL…}, it waits, and prints each signal that comes.
 */
public final class Processes {
    private static final Map<Signal, SignalEvent> HEARD = new ConcurrentHashMap<>();

    private final Map<String, SupervisedProcess> children = new LinkedHashMap<>();
    private Redirect output = Redirect.INHERIT;

    private Processes() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0) {
            Arrays.stream(args).skip(1).forEach(Processes::hear);
            Talk.say("inner ready " + ProcessHandle.current().pid());
            Thread.sleep(Long.MAX_VALUE);
        }
        Processes processes = new Processes();
        for (String line = Talk.hear(); !line.endsWith(" end"); line = Talk.hear()) {
            String[] words = line.split(" ", -1);
            Talk.say(words[0] + " " + processes.answer(words));
        }
    }

    private String answer(String[] words) {
        try {
            return execute(
                    words[1],
                    words.length > 2 ? words[2] : "",
                    List.of(words).subList(Math.min(3, words.length), words.length));
        } catch (Exception | LinkageError e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private String execute(String command, String name, List<String> arguments) throws Exception {
        switch (command) {
            case "start" -> children.put(name, start(name, 60_000, arguments));
            case "start-in-thread" ->
                startInThread(name, Integer.parseInt(arguments.get(0)), arguments.subList(1, arguments.size()));
            case "start-many" -> startMany(name, Integer.parseInt(arguments.get(0)));
            case "cat" -> {
                return cat(name);
            }
            case "send" -> children.get(name).send(Signal.of(arguments.get(0)));
            case "ask-to-end" -> children.get(name).askToEnd(Signal.of(arguments.get(0)));
            case "pass-on" -> children.get(name).passOn(HEARD.get(Signal.of(arguments.get(0))));
            case "force" -> children.get(name).force();
            case "send-all" -> children.values().forEach(child -> child.send(Signal.of(name)));
            case "gone" -> {
                children.get(name).gone().get(60, TimeUnit.SECONDS);
                return children.get(name).ended().getNow(null) + " "
                        + children.get(name).supervisor().waitFor();
            }
            case "all-gone" -> {
                for (SupervisedProcess child : children.values()) {
                    child.gone().get(60, TimeUnit.SECONDS);
                    child.supervisor().waitFor();
                }
            }
            case "pid" -> {
                return "" + children.get(name).pid();
            }
            case "supervisor" -> {
                return "" + children.get(name).supervisor().pid();
            }
            case "output" -> output = Redirect.appendTo(new File(name));
            case "hear" -> hear(name);
            case "descriptors" -> {
                return "" + new File("/proc/self/fd").list().length;
            }
            case "children" -> {
                return "" + ProcessHandle.current().children().count();
            }
            default -> throw new IllegalArgumentException(command);
        }
        return "ok";
    }

    /** Its standard input is nobody's: ours are the test's commands. */
    private SupervisedProcess start(String name, int graceMillis, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(output)
                .redirectError(Redirect.INHERIT);
        SupervisedProcess child = SupervisedProcess.start(
                builder, Duration.ofMillis(graceMillis), status -> Talk.say(name + " changed " + status));
        if (!builder.command().equals(command)) {
            throw new IllegalStateException("the builder has another command now: " + builder.command());
        }
        return child;
    }

    /** Through its input and output, which are pipes to us. */
    private static String cat(String text) throws Exception {
        SupervisedProcess cat =
                SupervisedProcess.start(new ProcessBuilder("cat"), Duration.ofSeconds(60), status -> {});
        try (OutputStream in = cat.process().getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(cat.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return out + " " + cat.ended().get(60, TimeUnit.SECONDS);
    }

    /** The thread that forked it has ended when this returns. */
    private void startInThread(String name, int graceMillis, List<String> command) throws InterruptedException {
        Thread thread = new Thread(() -> {
            try {
                children.put(name, start(name, graceMillis, command));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        thread.join();
    }

    private void startMany(String program, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            children.put("many" + i, start("many" + i, 60_000, List.of(program, "1000")));
        }
    }

    private static void hear(String signal) {
        Signals.on(Signal.of(signal), event -> {
            HEARD.put(event.signal(), event);
            Talk.say("heard " + event.signal() + " " + event.getClass().getSimpleName());
        });
    }
}
