package io.heliograph.internal.proc;

import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeLibrary;
import java.nio.file.Path;

/** Facts about this process. */
public final class ThisProcess {
    /** PROC_PID_INIT_INO of the kernel's proc_ns.h: the inode of the first pid namespace, and of no other. */
    private static final String FIRST_PID_NAMESPACE = "pid:[4026531836]";

    private static final boolean IN_FIRST_PID_NAMESPACE = ProcFiles.link(Path.of("/proc/self/ns/pid"))
            .filter(namespace -> !namespace.equals(FIRST_PID_NAMESPACE))
            .isEmpty();

    /** user_namespaces(7): each id is the same inside and outside. */
    private static final boolean IN_FIRST_USER_NAMESPACE = ProcFiles.text(Path.of("/proc/self/uid_map"))
            .filter(map -> !map.strip().matches("0\\s+0\\s+4294967295"))
            .isEmpty();

    private ThisProcess() {}

    /** Its id. {@code ProcessHandle} would start the JDK's thread pool for processes. */
    public static int pid() {
        return NativeLibrary.failure().isEmpty()
                ? Native.processId()
                : Math.toIntExact(ProcessHandle.current().pid());
    }

    /** Whether every process of the machine is in this pid namespace; true without {@code /proc}. */
    public static boolean isInFirstPidNamespace() {
        return IN_FIRST_PID_NAMESPACE;
    }

    /** Whether uids here are the machine's; true without {@code /proc}. */
    public static boolean isInFirstUserNamespace() {
        return IN_FIRST_USER_NAMESPACE;
    }
}
