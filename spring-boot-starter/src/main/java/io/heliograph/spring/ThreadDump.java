package io.heliograph.spring;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** A dump of all threads in HotSpot's own form, as {@code jcmd PID Thread.print -l} prints it. */
final class ThreadDump {
    private ThreadDump() {}

    /** Makes one. The JVM stops at a safepoint meanwhile. */
    static String text() {
        try {
            Object[] arguments = {new String[] {"-l"}};
            String[] types = {String[].class.getName()};
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "threadPrint",
                            arguments,
                            types);
        } catch (JMException refused) {
            throw new IllegalStateException("the JVM has no command Thread.print: " + refused.getMessage(), refused);
        }
    }
}
