package io.heliograph.programs.agent;

import io.heliograph.agent.HeliographAgent;
import io.heliograph.testing.AnyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Enters the agent with garbledOptionsStopTheStart options, over and over, until a thousand have been refused. After each, what an agent does
 * to a process must be what right options did before: caught and ignored signals, threads, pipes.
 */
public final class WrongAttaches {
    private static final String RIGHT = "USR1=log+ignore,USR2=ignore";

    private WrongAttaches() {}

    public static void main(String[] args) throws IOException {
        AnyOptions options = new AnyOptions(20_261_122);
        HeliographAgent.agentmain(RIGHT, null);
        String right = state();
        int refused = 0;
        int taken = 0;
        while (refused < 1000) {
            String text = options.next();
            if (isRefused(text)) {
                refused++;
            } else {
                taken++;
                HeliographAgent.agentmain(RIGHT, null);
            }
            String now = state();
            if (!now.equals(right)) {
                System.out.println("half started by " + text + ":\n" + now + "\nbut before:\n" + right);
                return;
            }
        }
        System.out.println("refused=" + refused + " taken=" + taken);
    }

    private static boolean isRefused(String text) {
        try {
            HeliographAgent.agentmain(text, null);
            return false;
        } catch (RuntimeException told) {
            if (told.getStackTrace().length > 0
                    || !String.valueOf(told.getMessage()).matches("[ -~]+")) {
                throw told;
            }
            return true;
        }
    }

    private static String state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("SigCgt") || line.startsWith("SigIgn")) {
                state.put(line.substring(0, 6), line.substring(7).strip());
            }
        }
        state.put(
                "threads",
                ""
                        + Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::getName)
                                .filter(name -> name.startsWith("heliograph"))
                                .sorted()
                                .toList());
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            state.put("pipes", "" + descriptors.filter(WrongAttaches::isPipe).count());
        }
        return state.toString();
    }

    private static boolean isPipe(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
