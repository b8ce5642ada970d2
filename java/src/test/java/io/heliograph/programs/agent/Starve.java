package io.heliograph.programs.agent;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * An agent that leaves its process one descriptor before the agent behind it starts. With {@code wait} it says "starving",
 * and waits for a line, so that the test can take something.
 */
public final class Starve {
    /** Kept open. */
    private static final List<FileInputStream> OPEN = new ArrayList<>();

    private Starve() {}

    @SuppressWarnings("unused") // java.lang.instrument calls it
    public static void premain(String what, Instrumentation unused) throws IOException, InterruptedException {
        if (what.equals("wait")) {
            System.out.println("starving");
            for (int read = System.in.read(); read != '\n' && read >= 0; ) { // the app has the next line
                read = System.in.read();
            }
            return;
        }
        long pid = ProcessHandle.current().pid();
        int status = new ProcessBuilder("prlimit", "--pid", "" + pid, "--nofile=256")
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("prlimit ended with status " + status);
        }
        takeAllDescriptorsButOne();
    }

    private static void takeAllDescriptorsButOne() throws IOException {
        try {
            for (; ; ) {
                OPEN.add(new FileInputStream("/dev/null"));
            }
        } catch (FileNotFoundException tooMany) {
            OPEN.remove(OPEN.size() - 1).close();
        }
    }
}
