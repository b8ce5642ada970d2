package io.heliograph.internal.dispatch;

import io.heliograph.Signal;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.text.ClassNames;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;

/** The Java handlers of the JDK: those of {@code sun.misc.Signal}, and its own. */
final class JvmHandlers {
    private JvmHandlers() {}

    /**
     * A handler.
     *
     * @param isJdks whether its class is the JDK's own, such as the one that begins the orderly exit on TERM
     */
    record Handler(String className, boolean isJdks) {
        static Handler of(Object handler) {
            return new Handler(
                    ClassNames.of(handler.getClass()), handler.getClass().getModule() == Object.class.getModule());
        }
    }

    /**
     * The JDK's table of handlers. It calls one when HotSpot's handler for that signal runs. Empty if this JDK has no
     * such table.
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
