package io.heliograph.workers;

import io.heliograph.Signal;
import io.heliograph.SignalWorker;
import io.heliograph.Signals;
import io.heliograph.internal.text.ClassNames;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** The main class of a child JVM with bindings: {@code SIGNAL=WORKER… -- MAINCLASS ARGUMENT…}. */
final class BoundMain {
    static final String END_OF_BINDINGS = "--";

    private BoundMain() {}

    public static void main(String[] args) throws Throwable {
        int next = 0;
        for (; !args[next].equals(END_OF_BINDINGS); next++) {
            bind(args[next]);
        }
        Method main = Class.forName(args[next + 1]).getMethod("main", String[].class);
        main.setAccessible(true); // the JVM's own launcher, too, takes a class that is not public
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, next + 2, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause() != null ? e.getCause() : e;
        }
    }

    private static void bind(String binding) throws ClassNotFoundException {
        int equals = binding.indexOf('=');
        Class<?> type = Class.forName(binding.substring(equals + 1));
        Signals.on(Signal.of(binding.substring(0, equals)), make(type.asSubclass(SignalWorker.class)));
    }

    static SignalWorker make(Class<? extends SignalWorker> type) {
        try {
            if (type.isHidden()) {
                throw new InstantiationException(
                        type.getName()); // a lambda's class has no name that another process knows
            }
            Constructor<? extends SignalWorker> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("the constructor of " + type.getName() + " failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "no child could make a worker of " + ClassNames.of(type)
                            + ": give a class with a name, not an inner one, with a constructor without parameters",
                    e);
        }
    }
}
