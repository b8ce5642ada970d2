package io.heliograph.agent.action;

import io.heliograph.Disposition.By;
import io.heliograph.Disposition.Layer;
import io.heliograph.Signal;
import io.heliograph.internal.dispatch.DispositionReader;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The handler that the app has set by {@code sun.misc.Signal}. */
final class AppHandler {
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private AppHandler() {}

    /** The class of the app's handler for the signal; null if the app has none. */
    static @Nullable String of(Signal signal) {
        List<Layer> layers = new DispositionReader().read(signal).layers();
        Layer before = layers.get(layers.size() - 1);
        return before.by() == By.JAVA ? before.javaClass().orElse(null) : null;
    }

    static void tellOfOneSetAside(Signal signal) {
        String handler = of(signal);
        if (handler != null && SAID.add(signal + " " + handler)) {
            StandardError.println(signal + "=shutdown sets the app's own handler aside, " + Printable.escape(handler)
                    + ": write " + signal + "=deadline:20s for one, and it runs");
        }
    }
}
