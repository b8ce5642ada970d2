package io.heliograph.programs.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** An app that knows nothing of signals. It says "ready", and then does what its standard input says, line by line. */
public final class PlainApp {
    private PlainApp() {}

    /** With the argument "hook", a shutdown hook says "hook ran". */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0 && args[0].equals("hook")) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook ran")));
        }
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            obey(line);
        }
    }

    private static void obey(String line) throws IOException, InterruptedException {
        if (line.startsWith("exit ")) {
            System.exit(Integer.parseInt(line.substring(5)));
        } else if (line.equals("child")) {
            new ProcessBuilder("grep", "^SigIgn:", "/proc/self/status")
                    .inheritIO()
                    .start()
                    .waitFor();
        } else if (line.startsWith("run ")) {
            int status = new ProcessBuilder(line.substring(4).split(" ", -1))
                    .inheritIO()
                    .start()
                    .waitFor();
            System.out.println("ran to status " + status);
        } else {
            System.out.println("heard " + line);
        }
    }
}
