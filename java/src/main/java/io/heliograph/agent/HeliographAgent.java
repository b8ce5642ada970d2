package io.heliograph.agent;

import io.heliograph.agent.option.StartOptions;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry points. They parse the options, register the signals and return. They load no class of the app,
 * transform no byte code, and log nothing. A change in a running JVM is reported in one line.
 */
public final class HeliographAgent {
    private HeliographAgent() {}

    /**
     * For {@code -javaagent}, called before the app's main. A wrong option ends the process with one line on standard
     * error and status 64. If the environment lacks what the agent needs, one line says so, and the app runs without the
     * agent; with {@code required=on} that ends the process, too. A tool of the JDK runs without the agent and without a
     * line, unless {@code tools=on} is there. An exception would abort the JVM with a core dump (java.lang.instrument,
     * "premain").
     */
    @SuppressWarnings("unused") // the signature that java.lang.instrument looks for first
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        String environment = StartOptions.ofEnvironment();
        boolean isLeftAlone = JdkTool.isRunning() && !StartOptions.isOn(StartOptions.TOOLS, options, environment);
        if (!isLeftAlone && !StartOptions.isOff(environment)) {
            AgentStart.beforeMain(options, environment);
        }
    }

    /**
     * For attaching to a running JVM. A wrong option is reported to the attaching process, and in one line on standard
     * error. The app goes on with the registrations of an earlier agent. Only an exception reports to the attaching
     * process, and so the JVM prints its trace.
     */
    @SuppressWarnings("unused") // as above
    public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
        String wrong = AgentStart.attach(options);
        if (wrong != null) {
            throw new AgentNotStarted(wrong);
        }
    }

    /** For the attaching process, without a stack trace. */
    private static final class AgentNotStarted extends RuntimeException {
        private static final long serialVersionUID = 1;

        AgentNotStarted(String message) {
            super(message, null, false, false);
        }
    }
}
