package io.heliograph.programs.agent;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.agent.log.LogSettings;
import io.heliograph.agent.systemd.ServiceManager;
import io.heliograph.internal.dispatch.SignalRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts to tell the service manager, and fails at the second signal. Says what is left of the start. */
public final class FailingServiceManager {
    private FailingServiceManager() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        SignalRuntime.get();
        try {
            LogSettings log = new LogSettings(false, true, "");
            ServiceManager.start(true, log, List.of(Signal.TERM, Signal.KILL), Delivery.inline(), false);
        } catch (IllegalArgumentException refused) {
            System.out.println("refused");
        }
        System.out.println("sockets: " + sockets());
        System.out.println("runtime: " + SignalRuntime.closeUnlessUsed(TimeUnit.SECONDS.toNanos(10)));
    }

    private static long sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(FailingServiceManager::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
