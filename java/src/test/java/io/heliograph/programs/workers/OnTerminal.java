package io.heliograph.programs.workers;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.SignalInterrupt;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerGroup;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;

/**
 * A group of one or two processes. {@code OnTerminal MEMBER KIND [reader]}: the first reads nothing, the second reads the terminal,
 * and this JVM then pauses before the group has an INT. MEMBER is tree_member, which prints each signal that it receives.
 */
public final class OnTerminal {
    private OnTerminal() {}

    /** Longer than the time in which a supervisor takes two signals for the same. */
    private static final long PAUSE_MILLIS = 600;

    public static void main(String[] args) throws Exception {
        if (args.length > 2) {
            Signals.on(Signal.INT, event -> Thread.sleep(PAUSE_MILLIS), Delivery.inline());
        }
        WorkerGroup group = WorkerGroup.builder().grace(Duration.ofHours(1)).open();
        try {
            ProcessWorker worker = group.process(
                    "worker",
                    new ProcessBuilder(args[0], "1", "1", args[1])
                            .redirectInput(new File("/dev/null"))
                            .redirectOutput(Redirect.INHERIT));
            worker.onChange(status -> Talk.say("worker " + status));
            long supervisor =
                    worker.process().toHandle().parent().map(ProcessHandle::pid).orElseThrow();
            Talk.say("pids " + ProcessHandle.current().pid() + " " + supervisor + " " + worker.pid());
            if (args.length > 2) {
                String script = "read -r line; echo \"read $line\"; exec \"$@\"";
                group.process(
                        "reader",
                        new ProcessBuilder("sh", "-c", script, "sh", args[0], "0", "0", args[1])
                                .redirectInput(Redirect.INHERIT)
                                .redirectOutput(Redirect.INHERIT));
            }
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say("ended by " + e + " " + e.event().getClass().getSimpleName() + " " + e.getSuppressed().length);
        }
        group.exitProcess();
    }
}
