package io.heliograph.agent.action;

import io.heliograph.internal.jni.PrivateFolder;
import io.heliograph.internal.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The virtual threads. HotSpot alone can find them, and it writes all threads to a file. There a virtual thread is a
 * line {@code #22 "name" virtual} with its frames below. This copies those.
 */
final class VirtualThreadDump {
    private static final Pattern VIRTUAL = Pattern.compile("#\\d+ \".*\" virtual\\b.*");

    private VirtualThreadDump() {}

    static void write(Consumer<String> out) throws Exception {
        Path folder = PrivateFolder.makeIn(Path.of(System.getProperty("java.io.tmpdir")), "heliograph-");
        Path file = folder.resolve("threads.txt");
        try {
            HotSpotDiagnostics.dumpThreads(file);
            writeVirtual(out, Files.readAllLines(file));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static void writeVirtual(Consumer<String> out, List<String> lines) {
        boolean virtual = false;
        for (String line : lines) {
            if (line.startsWith("#")) {
                virtual = VIRTUAL.matcher(line).matches();
            }
            if (virtual) {
                out.accept(Printable.escape(line) + "\n");
            }
        }
    }
}
