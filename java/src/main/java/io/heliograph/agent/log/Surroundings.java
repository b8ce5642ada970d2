package io.heliograph.agent.log;

import io.heliograph.internal.proc.Cgroup;
import io.heliograph.internal.proc.ProcFiles;
import io.heliograph.internal.proc.ThisProcess;
import java.nio.file.Path;

/**
 * This process's own facts, with which a line compares a sender.
 *
 * @param inFirstUserNamespace whether uids here are the machine's
 * @param cgroup the path of this process's control group, as by {@link Cgroup#path}
 */
record Surroundings(boolean inFirstUserNamespace, String cgroup) {
    private static final Path OWN_CGROUPS = Path.of("/proc/self/cgroup");

    /** The facts of now: the process can move to another group. */
    static Surroundings now() {
        return new Surroundings(
                ThisProcess.isInFirstUserNamespace(),
                Cgroup.path(ProcFiles.text(OWN_CGROUPS).orElse("")));
    }
}
