package io.heliograph.programs;

import io.heliograph.Disposition;
import io.heliograph.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a program must leave as it found it. */
public final class ProcessState {
    /** The JVM itself has a file of /proc or /sys open for a moment now and then. */
    private static final int LOOKS = 50;

    private ProcessState() {}

    public static void tell(String when) {
        status("SigCgt"); // with its first FileChannel the JDK opens a socket that it keeps (FileDispatcherImpl, Java
        // 17)
        long descriptors = LongStream.generate(ProcessState::descriptors)
                .limit(LOOKS)
                .min()
                .orElseThrow();
        Talk.say(when + " descriptors " + descriptors);
        Talk.say(when + " threads " + threads());
        Talk.say(when + " caught " + status("SigCgt"));
        Talk.say(when + " ignored " + status("SigIgn"));
        Talk.say(when + " dispositions "
                + Signals.dispositions().values().stream()
                        .map(ProcessState::whatItDoes)
                        .toList());
    }

    /** Without what has arrived, which differs. */
    private static String whatItDoes(Disposition disposition) {
        return disposition.signal() + " " + disposition.kind() + " " + disposition.layers() + " "
                + disposition.registered();
    }

    public static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** The folder's own descriptor is among them, each time. */
    private static long descriptors() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of proc(5), status: the sets of signals are hexadecimal. */
    public static String status(String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
