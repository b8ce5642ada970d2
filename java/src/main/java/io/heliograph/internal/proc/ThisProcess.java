package io.heliograph.internal.proc;

import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeLibrary;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.StringTokenizer;

/** Facts about this process. */
public final class ThisProcess {
    /** PROC_PID_INIT_INO of the kernel's proc_ns.h: the inode of the first pid namespace, and of no other. */
    private static final String FIRST_PID_NAMESPACE = "pid:[4026531836]";

    /** user_namespaces(7): each id is the same inside and outside. */
    private static final String FIRST_UID_MAP = "0 0 4294967295";

    private static final boolean IN_FIRST_PID_NAMESPACE = ProcFiles.link(Path.of("/proc/self/ns/pid"))
            .orElse(FIRST_PID_NAMESPACE)
            .equals(FIRST_PID_NAMESPACE);

    private static final boolean IN_FIRST_USER_NAMESPACE = words(
                    ProcFiles.text(Path.of("/proc/self/uid_map")).orElse(FIRST_UID_MAP))
            .equals(FIRST_UID_MAP);

    private ThisProcess() {}

    /** With one space between two words. It runs before main, and a regular expression takes a millisecond there. */
    private static String words(String text) {
        StringJoiner words = new StringJoiner(" ");
        StringTokenizer tokens = new StringTokenizer(text);
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words.toString();
    }

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
