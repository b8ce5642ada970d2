package io.heliograph.programs.agent;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * An app whose class path lacks its classes, which are in a folder: {@code LoadedApp KIND FOLDER}. A loader of them is the
 * context of the main thread ("main"), or of another one ("ended": the main thread ends; "closed": the main thread's context
 * refuses everything). It says "ready" when that is so, and lives until its standard input ends.
 */
public final class LoadedApp {
    private LoadedApp() {}

    public static void main(String[] args) throws IOException {
        Thread main = Thread.currentThread();
        ClassLoader loader =
                new URLClassLoader(new URL[] {Path.of(args[1]).toUri().toURL()});
        if (args[0].equals("main")) {
            main.setContextClassLoader(loader);
            live();
            return;
        }
        boolean mainEnds = args[0].equals("ended");
        if (!mainEnds) {
            main.setContextClassLoader(new Closed());
        }
        Thread server = new Thread(() -> serve(mainEnds ? main : null), "server");
        server.setContextClassLoader(loader);
        server.start();
        if (!mainEnds) {
            join(server);
        }
    }

    private static void serve(Thread before) {
        if (before != null) {
            join(before);
        }
        live();
    }

    private static void live() {
        System.out.println("ready");
        try {
            while (System.in.read() >= 0) {
                // The test ends it.
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As Tomcat's when its web application has ended. */
    private static final class Closed extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) {
            throw new IllegalStateException("closed");
        }
    }
}
