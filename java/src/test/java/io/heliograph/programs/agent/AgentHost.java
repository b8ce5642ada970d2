package io.heliograph.programs.agent;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.programs.ProcessState;
import io.heliograph.programs.Talk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerDelegate;
import javax.management.ObjectName;

/**
 * Tells what an agent must leave as it found it, without using the library for that. Standard input says "state WHEN",
 * answered by lines that begin with WHEN; "observe USR1", "close", for an app that uses the library itself; "on USR1" and
 * "ledger USR1 1000", to count; "take NAME", of an MBean; "hang", in a shutdown hook.
 * To be started with {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
public final class AgentHost {
    /** The JVM itself has a file open for a moment now and then, and threads that end take a moment to. */
    private static final int LOOKS = 50;

    private static final Deque<Registration> OPEN = new ArrayDeque<>();
    private static final AtomicLong EVENTS = new AtomicLong();

    private AgentHost() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Talk.say("hook ran")));
        tell("first"); // loads what telling needs
        Talk.say("ready");
        for (String line = Talk.hear(); ; line = Talk.hear()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "state" -> tell(words[1]);
                case "observe" ->
                    OPEN.push(Signals.observe(Signal.of(words[1]), event -> Talk.say("app saw " + event.signal())));
                case "on" -> OPEN.push(Signals.on(Signal.of(words[1]), AgentHost::count));
                case "close" -> OPEN.pop().close();
                case "ledger" -> tellLedger(Signal.of(words[1]), Long.parseLong(words[2]));
                case "take" -> take(words[1]);
                case "hang" -> Runtime.getRuntime().addShutdownHook(new Thread(AgentHost::hang));
                default -> throw new IllegalArgumentException(line);
            }
            Talk.say("done " + line);
        }
    }

    private static void take(String name) {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new MBeanServerDelegate(), new ObjectName(name)); // any bean will do
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void hang() {
        Talk.say("hook hangs");
        new Semaphore(0).acquireUninterruptibly();
    }

    private static void count(SignalEvent event) {
        EVENTS.addAndGet(event instanceof SignalEvent.Lost lost ? lost.count() : 1);
    }

    /** When the worker has been told of so many. */
    private static void tellLedger(Signal signal, long expected) {
        Talk.until(() -> EVENTS.get() >= expected);
        Talk.say("ledger " + Signals.ledger().of(signal) + " told=" + EVENTS.get());
    }

    private static void tell(String when) throws ReflectiveOperationException {
        Talk.say(when + " threads " + threads());
        descriptors().forEach(descriptor -> Talk.say(when + " descriptor " + descriptor));
        Talk.say(when + " hooks " + hooks());
        for (String set : List.of("SigCgt", "SigIgn", "SigBlk")) {
            Talk.say(when + " " + set + " " + ProcessState.status(set));
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    /** What they are of; those that were open at each look. */
    private static NavigableSet<String> descriptors() {
        TreeSet<String> open = new TreeSet<>();
        for (int look = 0; look < LOOKS; look++) {
            TreeSet<String> now = new TreeSet<>();
            try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
                all.map(AgentHost::target)
                        .filter(target -> !target.contains(":/proc/")) // what this very look has open
                        .forEach(now::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (look == 0) {
                open.addAll(now);
            } else {
                open.retainAll(now);
            }
        }
        return open;
    }

    /** With its number, since two may be of one file. */
    private static String target(Path descriptor) {
        try {
            return descriptor.getFileName() + ":" + Files.readSymbolicLink(descriptor);
        } catch (IOException closedMeanwhile) {
            return "closed";
        }
    }

    private static int hooks() throws ReflectiveOperationException {
        Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        hooks.setAccessible(true);
        return ((Map<?, ?>) hooks.get(null)).size();
    }
}
