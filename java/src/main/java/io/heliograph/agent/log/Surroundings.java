package io.heliograph.agent.log;

import io.heliograph.internal.proc.Cgroup;
import io.heliograph.internal.proc.ProcFiles;
import io.heliograph.internal.proc.ThisProcess;
import java.nio.file.Path;

/**
 * What a line compares a sender with.
 *
 * @param inFirstUserNamespace whether a uid means here what it means to the machine
 * @param cgroup the path of this process's control group, as {@link Cgroup#path} has it
 */
record Surroundings(boolean inFirstUserNamespace, String cgroup) {
    private static final Path OWN_CGROUPS = Path.of("/proc/self/cgroup");

    /** Those of this process now: it can be moved to another group. */
    static Surroundings now() {
        return new Surroundings(
                ThisProcess.isInFirstUserNamespace(),
                Cgroup.path(ProcFiles.text(OWN_CGROUPS).orElse("")));
    }
}
