package io.heliograph.internal.jni;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A copy of {@code struct heliograph_lineage}: a process and its ancestors, its parent first. */
public final class Lineage {
    public static final int MOST_ANCESTORS = 8;

    private static final int PROCESSES = 8;
    private static final int PROCESS_BYTES = 608;
    private static final int STARTED = 8;
    private static final int UID = 16;
    private static final int FLAGS = 20;
    private static final int COMMAND_LENGTH = 24;
    private static final int ARGUMENTS_LENGTH = 28;
    private static final int COMMAND = 32;
    private static final int ARGUMENTS = 96;
    private static final int MOST_ARGUMENTS = 512;
    private static final int FLAG_KNOWN = 1;
    private static final int FLAG_HAS_UID = 2;
    private static final int FLAG_ENDED = 4;

    private final byte[] copy;
    private final ByteBuffer bytes;

    private Lineage(byte[] copy) {
        this.copy = copy;
        bytes = ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder());
    }

    /** Reads lineages. Used by one thread. */
    public static final class Reader {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(PROCESSES + (1 + MOST_ANCESTORS) * PROCESS_BYTES)
                .order(ByteOrder.nativeOrder());
        private final long address = Native.address(buffer);

        /**
         * The lineage of a record's sender; null if the handler captured nothing. Called by the reading thread alone.
         */
        public @Nullable Lineage ofSender(int sender) {
            return NativeSender.senderOf(sender, address) < 0 ? null : copy();
        }

        /** The lineage of a process now; null if {@code /proc} does not show it. */
        public @Nullable Lineage ofProcess(int pid, int mostAncestors) {
            return NativeSender.lineageOf(pid, mostAncestors, address) < 0 ? null : copy();
        }

        private Lineage copy() {
            byte[] copy = new byte[PROCESSES + buffer.getInt(0) * PROCESS_BYTES];
            buffer.get(0, copy);
            return new Lineage(copy);
        }
    }

    /**
     * One process.
     *
     * @param started in clock ticks since boot
     * @param known whether more than its pid is known
     * @param ended whether the process had ended
     */
    public record Entry(
            int pid,
            long started,
            OptionalLong uid,
            boolean known,
            boolean ended,
            String command,
            List<String> arguments,
            boolean argumentsCut) {}

    public Entry process() {
        return entry(0);
    }

    public List<Entry> ancestors() {
        List<Entry> ancestors = new ArrayList<>();
        for (int i = 1; i < bytes.getInt(0); i++) {
            ancestors.add(entry(i));
        }
        return ancestors;
    }

    private Entry entry(int index) {
        int at = PROCESSES + index * PROCESS_BYTES;
        int flags = bytes.getInt(at + FLAGS);
        return new Entry(
                bytes.getInt(at),
                bytes.getLong(at + STARTED),
                (flags & FLAG_HAS_UID) == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(Integer.toUnsignedLong(bytes.getInt(at + UID))),
                (flags & FLAG_KNOWN) != 0,
                (flags & FLAG_ENDED) != 0,
                text(at + COMMAND, bytes.getInt(at + COMMAND_LENGTH)),
                split(text(at + ARGUMENTS, bytes.getInt(at + ARGUMENTS_LENGTH))),
                bytes.getInt(at + ARGUMENTS_LENGTH) == MOST_ARGUMENTS);
    }

    private String text(int offset, int length) {
        return new String(copy, offset, length, StandardCharsets.UTF_8);
    }

    /** Splits at the NUL that ends each argument (proc_pid_cmdline(5)); the last one may be cut. */
    public static List<String> split(String commandLine) {
        String whole = commandLine.endsWith("\0") ? commandLine.substring(0, commandLine.length() - 1) : commandLine;
        return commandLine.isEmpty() ? List.of() : List.of(whole.split("\0", -1));
    }
}
