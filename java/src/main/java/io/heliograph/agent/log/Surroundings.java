package io.heliograph.agent.log;

import io.heliograph.internal.proc.Cgroup;
import io.heliograph.internal.proc.ThisProcess;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a line compares a sender with.
 *
 * @param inFirstUserNamespace whether a uid means here what it means to the machine
 * @param cgroup the path of this process's control group, as {@link Cgroup#path} has it
 */
record Surroundings(boolean inFirstUserNamespace, String cgroup) {
    private static final int MOST_BYTES = 4096;

    /** Those of this process now: it can be moved to another group. */
    static Surroundings now() {
        return new Surroundings(ThisProcess.isInFirstUserNamespace(), Cgroup.path(ownCgroups()));
    }

    private static String ownCgroups() {
        try (InputStream in = new FileInputStream("/proc/self/cgroup")) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException noProc) {
            return "";
        }
    }
}
