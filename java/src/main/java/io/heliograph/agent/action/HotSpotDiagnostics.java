package io.heliograph.agent.action;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** HotSpot's own dumps. To be loaded only if there is a module jdk.management. */
final class HotSpotDiagnostics {
    private static final HotSpotDiagnosticMXBean BEAN =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

    private HotSpotDiagnostics() {}

    /** Loads the class, and with it the bean. */
    static void rehearse() {
        threadDumper();
    }

    /** Dumps the reachable objects, after a garbage collection. */
    static void dumpHeap(Path file) throws IOException {
        BEAN.dumpHeap(file.toString(), true);
    }

    /** Whether the JVM can dump virtual threads. */
    static boolean dumpsVirtualThreads() {
        return threadDumper().isPresent();
    }

    /** Writes all threads as text, virtual ones too. */
    static void dumpThreads(Path file) throws Exception {
        Method dumper = threadDumper().orElseThrow();
        try {
            dumper.invoke(BEAN, file.toString(), plainText(dumper.getParameterTypes()[1]));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** The method, which came with Java 21. */
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
