package io.heliograph.internal.proc;

import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeLibrary;
import java.nio.file.Path;

/** What this process is. */
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

    /** Its id. {@code ProcessHandle} knows it too, but first makes the JDK a pool of threads for processes. */
    public static int pid() {
        return NativeLibrary.failure().isEmpty()
                ? Native.processId()
                : Math.toIntExact(ProcessHandle.current().pid());
    }

    /** Whether no process of this machine is outside its pid namespace; true too where {@code /proc} is not there. */
    public static boolean isInFirstPidNamespace() {
        return IN_FIRST_PID_NAMESPACE;
    }

    /** Whether a uid means here what it means to the machine; true too where {@code /proc} is not there. */
    public static boolean isInFirstUserNamespace() {
        return IN_FIRST_USER_NAMESPACE;
    }
}
