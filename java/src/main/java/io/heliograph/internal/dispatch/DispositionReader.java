package io.heliograph.internal.dispatch;

import io.heliograph.Disposition.By;
import io.heliograph.Disposition.Kind;
import io.heliograph.Disposition.Layer;
import io.heliograph.Signal;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code struct heliograph_disposition}, and finds out whose handlers a signal has. Used by one thread. */
public final class DispositionReader {
    private static final int TEXT_BYTES = 240;
    private static final int KIND = 0;
    private static final int OURS = 4;
    private static final int LIBRARY = 8;
    private static final int HOLD = LIBRARY + TEXT_BYTES;
    private static final int INSTALLED = HOLD + 4;
    private static final int ON_TOP = HOLD + 8;
    private static final int BENEATH = HOLD + 12;
    private static final int BENEATH_LIBRARY = HOLD + 16;
    /* enum heliograph_hold */
    private static final int HOLD_NONE = 0;
    private static final int HOLD_HELD = 1;

    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(BENEATH_LIBRARY + TEXT_BYTES).order(ByteOrder.nativeOrder());
    private final Map<Signal, JvmHandlers.Handler> handlers = JvmHandlers.read();

    /** What the kernel does with a signal, and what is beneath it. */
    public record Read(Kind kind, boolean ours, Optional<String> library, List<Layer> layers) {}

    /** Reads the disposition of now. The Java code that HotSpot's handlers call was read when this object was made. */
    public Read read(Signal signal) {
        NativeCall.check(Native.disposition(signal.number(), Native.address(bytes)), "sigaction(" + signal + ")");
        Kind kind = kind(KIND);
        boolean ours = bytes.getInt(OURS) != 0;
        Optional<String> library = text(LIBRARY);
        return new Read(kind, ours, library, layers(signal, kind, library));
    }

    /** From the kernel's disposition down to the one before ours. */
    private List<Layer> layers(Signal signal, Kind kind, Optional<String> library) {
        int hold = bytes.getInt(HOLD);
        if (hold == HOLD_NONE) {
            return List.of(foreign(signal, kind, library));
        }
        boolean onTop = hold == HOLD_HELD && bytes.getInt(ON_TOP) != 0;
        Kind installed = kind(INSTALLED);
        Kind beneath = kind(BENEATH);
        List<Layer> layers = new ArrayList<>();
        if (!onTop) {
            layers.add(foreign(signal, kind, library));
        }
        Layer before = foreign(signal, beneath, text(BENEATH_LIBRARY));
        // An ignored signal that is merely observed stays as it was.
        if (!(installed == Kind.IGNORED && beneath == Kind.IGNORED)) {
            layers.add(new Layer(installed, By.HELIOGRAPH, onTop ? library : Optional.empty(), Optional.empty()));
        }
        layers.add(before);
        return layers;
    }

    private Layer foreign(Signal signal, Kind kind, Optional<String> library) {
        JvmHandlers.@Nullable Handler handler =
                library.filter(DispositionReader::isHotSpots).isPresent() ? handlers.get(signal) : null;
        return new Layer(
                kind,
                by(kind, library, handler),
                library,
                Optional.ofNullable(handler).map(JvmHandlers.Handler::className));
    }

    private static By by(Kind kind, Optional<String> library, JvmHandlers.@Nullable Handler handler) {
        return switch (kind) {
            case DEFAULT -> By.NOBODY;
            case IGNORED -> By.UNKNOWN;
            case CAUGHT -> {
                if (library.isEmpty()) {
                    yield By.UNKNOWN;
                }
                if (!isHotSpots(library.get())) {
                    yield By.LIBRARY;
                }
                yield handler == null || handler.isJdks() ? By.HOTSPOT : By.JAVA;
            }
        };
    }

    private static boolean isHotSpots(String file) {
        return file.endsWith("/libjvm.so");
    }

    /** {@code enum heliograph_kind}. */
    private Kind kind(int offset) {
        return switch (bytes.getInt(offset)) {
            case 0 -> Kind.DEFAULT;
            case 1 -> Kind.IGNORED;
            default -> Kind.CAUGHT;
        };
    }

    private Optional<String> text(int offset) {
        byte[] text = new byte[TEXT_BYTES];
        bytes.get(offset, text);
        int length = 0;
        while (length < TEXT_BYTES && text[length] != 0) {
            length++;
        }
        return length == 0 ? Optional.empty() : Optional.of(new String(text, 0, length, StandardCharsets.UTF_8));
    }
}
