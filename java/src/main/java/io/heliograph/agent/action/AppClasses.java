package io.heliograph.agent.action;

import io.heliograph.internal.proc.LiveThreads;
import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a class of the app: on its class path, then by the context class loaders of its threads, the oldest thread
 * first. The oldest is the main thread, until it has ended. A Spring Boot fat jar and an application server have their
 * classes in such loaders alone.
 */
final class AppClasses {
    /** A class, and the loader that was asked for it, which need not be the one that defined it. */
    record Found(Class<?> type, ClassLoader loader) {}

    private final Set<ClassLoader> asked = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> names = new ArrayList<>();

    private AppClasses() {}

    /**
     * Finds and initialises the class, at this moment.
     *
     * @throws Failure that names the loaders, if none has the class or it cannot be used
     */
    static Found find(String className) throws Failure {
        return new AppClasses().findIn(className);
    }

    private Found findIn(String className) throws Failure {
        Found found = ask(ClassLoader.getSystemClassLoader(), "the app's class path", className);
        if (found != null) {
            return found;
        }
        for (Thread thread : LiveThreads.all()) {
            ClassLoader loader = thread.getContextClassLoader();
            if (loader != null) {
                String name = "the context loader of thread " + Printable.quote(thread.getName()) + ", a "
                        + loader.getClass().getName();
                found = ask(loader, name, className);
                if (found != null) {
                    return found;
                }
            }
        }
        throw new Failure("there is no class " + className
                + ": write run:Class.method with the package, and $ before a nested class; looked in "
                + String.join("; ", names));
    }

    private @Nullable Found ask(ClassLoader loader, String name, String className) throws Failure {
        if (!asked.add(loader)) {
            return null;
        }
        names.add(name);
        try {
            return new Found(Class.forName(className, true, loader), loader);
        } catch (ClassNotFoundException absent) {
            return null;
        } catch (ExceptionInInitializerError thrown) {
            throw new Failure(className + " could not be initialised: " + thrown.getCause());
        } catch (LinkageError broken) {
            throw new Failure(className + " cannot be used: " + broken);
        } catch (RuntimeException refused) {
            return null; // a loader of the app that is closed: Tomcat's throws IllegalStateException
        }
    }
}
