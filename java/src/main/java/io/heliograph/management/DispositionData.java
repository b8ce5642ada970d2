package io.heliograph.management;

import io.heliograph.Disposition;
import java.util.List;
import java.util.Optional;
import javax.management.ConstructorParameters;

/** {@link Disposition}, for JMX. */
public final class DispositionData {
    private final int number;
    private final String kind;
    private final List<String> layers;
    private final List<String> registered;
    private final int blockedThreads;
    private final boolean pending;

    /**
     * Makes the data of a disposition, as MXBeans do.
     *
     * @param number see {@link #getNumber()}
     * @param kind {@link Disposition.Kind}
     * @param layers {@link Disposition.Layer}, the kernel's first: kind, whose doing, library, Java class
     * @param registered {@link Disposition.Registered}: what was asked for, the worker's class
     * @param blockedThreads how many threads block it; -1 without {@code /proc}
     * @param pending see {@link #isPending()}
     */
    @ConstructorParameters({"number", "kind", "layers", "registered", "blockedThreads", "pending"})
    public DispositionData(
            int number,
            String kind,
            List<String> layers,
            List<String> registered,
            int blockedThreads,
            boolean pending) {
        this.number = number;
        this.kind = kind;
        this.layers = List.copyOf(layers);
        this.registered = List.copyOf(registered);
        this.blockedThreads = blockedThreads;
        this.pending = pending;
    }

    static DispositionData of(Disposition disposition) {
        return new DispositionData(
                disposition.signal().number(),
                disposition.kind().name(),
                disposition.layers().stream().map(DispositionData::text).toList(),
                disposition.registered().stream().map(DispositionData::text).toList(),
                disposition.blocked().map(Disposition.Blocked::threads).orElse(-1),
                disposition.blocked().map(Disposition.Blocked::pending).orElse(false));
    }

    private static String text(Disposition.Layer layer) {
        return layer.kind() + " by " + layer.by() + with(layer.library()) + with(layer.javaClass());
    }

    private static String text(Disposition.Registered registered) {
        return registered.asked() + with(registered.worker());
    }

    private static String with(Optional<String> more) {
        return more.map(text -> " " + text).orElse("");
    }

    /** {@return the number of the signal on this platform} */
    public int getNumber() {
        return number;
    }

    /** {@return what the kernel does with the signal: the name of a {@link Disposition.Kind}} */
    public String getKind() {
        return kind;
    }

    /** {@return the handlers, the kernel's first: kind, who set it, library, Java class} */
    public List<String> getLayers() {
        return layers;
    }

    /** {@return the open registrations: the method that made it, and the worker's class} */
    public List<String> getRegistered() {
        return registered;
    }

    /** {@return how many threads block it; -1 without {@code /proc}} */
    public int getBlockedThreads() {
        return blockedThreads;
    }

    /** {@return whether it is pending for the process or one of its threads} */
    public boolean isPending() {
        return pending;
    }
}
