package io.heliograph.agent.action;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** HotSpot's own dumps. To be touched only where the module jdk.management is. */
final class HotSpotDiagnostics {
    private static final HotSpotDiagnosticMXBean BEAN =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

    private HotSpotDiagnostics() {}

    /** Loads the class, and with it the bean. */
    static void rehearse() {
        threadDumper();
    }

    /** The objects that can be reached; the garbage is collected before. */
    static void dumpHeap(Path file) throws IOException {
        BEAN.dumpHeap(file.toString(), true);
    }

    /** Whether the JVM has virtual threads, which only it can find. */
    static boolean dumpsVirtualThreads() {
        return threadDumper().isPresent();
    }

    /** All threads, virtual ones too, as text. */
    static void dumpThreads(Path file) throws Exception {
        Method dumper = threadDumper().orElseThrow();
        try {
            dumper.invoke(BEAN, file.toString(), plainText(dumper.getParameterTypes()[1]));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Java 21 and later have it. */
    private static Optional<Method> threadDumper() {
        return Arrays.stream(HotSpotDiagnosticMXBean.class.getMethods())
                .filter(method -> method.getName().equals("dumpThreads"))
                .findFirst();
    }

    private static Object plainText(Class<?> format) {
        return Arrays.stream(format.getEnumConstants())
                .filter(constant -> constant.toString().equals("TEXT_PLAIN"))
                .findFirst()
                .orElseThrow();
    }
}
