package io.heliograph.internal.seam;

import io.heliograph.Disposition;
import io.heliograph.Signal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads {@code struct heliograph_disposition}. */
public final class DispositionReader {
    private static final int TEXT = 2 * Integer.BYTES;
    private static final int TEXT_BYTES = 240;

    private DispositionReader() {}

    public static Disposition read(Signal signal, int registrations) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(TEXT + TEXT_BYTES).order(ByteOrder.nativeOrder());
        NativeCall.check(Native.disposition(signal.number(), Native.address(bytes)), "sigaction(" + signal + ")");
        boolean ours = bytes.getInt(Integer.BYTES) != 0;
        return new Disposition(signal, kind(bytes.getInt(0)), ours, text(bytes), registrations);
    }

    /** {@code enum heliograph_kind}. */
    private static Disposition.Kind kind(int kind) {
        return switch (kind) {
            case 0 -> Disposition.Kind.DEFAULT;
            case 1 -> Disposition.Kind.IGNORED;
            default -> Disposition.Kind.CAUGHT;
        };
    }

    private static Optional<String> text(ByteBuffer bytes) {
        byte[] text = new byte[TEXT_BYTES];
        bytes.get(TEXT, text);
        int length = 0;
        while (length < TEXT_BYTES && text[length] != 0) {
            length++;
        }
        return length == 0 ? Optional.empty() : Optional.of(new String(text, 0, length, StandardCharsets.UTF_8));
    }
}
