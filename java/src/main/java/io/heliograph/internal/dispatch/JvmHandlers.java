package io.heliograph.internal.dispatch;

import io.heliograph.Signal;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.text.ClassNames;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;

/** Which Java code the JDK calls for which signal: what {@code sun.misc.Signal}, or the JDK itself, was given. */
final class JvmHandlers {
    private JvmHandlers() {}

    /**
     * A handler.
     *
     * @param isJdks whether its class is the JDK's own, as that which begins the orderly exit on TERM is
     */
    record Handler(String className, boolean isJdks) {
        static Handler of(Object handler) {
            return new Handler(
                    ClassNames.of(handler.getClass()), handler.getClass().getModule() == Object.class.getModule());
        }
    }

    /**
     * The handlers as the JDK keeps them; it calls one where HotSpot's handler for that signal is reached. Empty for a JDK
     * that keeps them elsewhere.
     */
    static Map<Signal, Handler> read() {
        Map<Signal, Handler> handlers = new HashMap<>();
        if (Native.jvmHandlers() instanceof Hashtable<?, ?> kept) {
            kept.forEach((signal, handler) -> {
                Object wrapped = Native.wrappedHandler(handler);
                handlers.put(Signal.of(signal.toString()), Handler.of(wrapped == null ? handler : wrapped));
            });
        }
        return handlers;
    }
}
