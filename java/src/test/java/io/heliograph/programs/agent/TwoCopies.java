package io.heliograph.programs.agent;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Uses two copies of the library, each in a class loader of its own, as an app server with two apps would. Its
 * arguments are the jar and a signal; standard input says "on 1", "observe 2", "close 1", "handle a" for the app's own
 * sun.misc.Signal handler; it says "ready", "done" after each of them, "event 1" of what the first copy gets, and "handler a"
 * of what the app does.
 */
public final class TwoCopies {
    private static final String PACKAGE = "io.heliograph.";

    private final Class<?> signals;
    private final Object signal;
    private final Object worker;
    private final Class<?> workerType;
    private AutoCloseable registration = () -> {};

    private TwoCopies(String jar, String signalName, String copyName) throws Exception {
        URL[] urls = {Path.of(jar).toUri().toURL()};
        // It is never closed, for the library lives as long as the process.
        @SuppressWarnings("resource")
        ClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        signals = loader.loadClass(PACKAGE + "Signals");
        Class<?> signalType = loader.loadClass(PACKAGE + "Signal");
        signal = signalType.getMethod("of", String.class).invoke(null, signalName);
        workerType = loader.loadClass(PACKAGE + "SignalWorker");
        worker = Proxy.newProxyInstance(loader, new Class<?>[] {workerType}, (proxy, method, arguments) -> {
            System.out.println("event " + copyName);
            return null;
        });
    }

    private void obey(String verb) throws Exception {
        if (verb.equals("close")) {
            registration.close();
        } else {
            registration = (AutoCloseable)
                    signals.getMethod(verb, signal.getClass(), workerType).invoke(null, signal, worker);
        }
    }

    public static void main(String[] args) throws Exception {
        Map<String, TwoCopies> copies =
                Map.of("1", new TwoCopies(args[0], args[1], "1"), "2", new TwoCopies(args[0], args[1], "2"));
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("handle")) {
                sun.misc.Signal.handle(
                        new sun.misc.Signal(args[1]), signal -> System.out.println("handler " + words[1]));
            } else {
                copies.get(words[1]).obey(words[0]);
            }
            System.out.println("done " + line);
        }
    }
}
