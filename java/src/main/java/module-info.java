import org.jspecify.annotations.NullMarked;

/**
 * POSIX signals on the JVM: typed events, worker groups, and an agent.
 *
 * <p>It needs only {@code java.base}. The optional modules are for the agent ({@code java.instrument}), Flight Recorder
 * ({@code jdk.jfr}), JMX and thread dumps with locks ({@code java.management}), and HotSpot's dumps and commands ({@code
 * jdk.management}).
 */
@NullMarked
module io.heliograph {
    requires static java.instrument;
    requires static transitive java.management;
    requires static jdk.jfr;
    requires static jdk.management;
    requires static org.jspecify;

    exports io.heliograph;
    exports io.heliograph.agent to
            java.instrument;
    exports io.heliograph.management;
    exports io.heliograph.workers;
}
