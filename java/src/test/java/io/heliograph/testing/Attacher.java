package io.heliograph.testing;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attaches an agent to a running JVM, by jcmd, each time in a process of its own. */
public final class Attacher {
    private Attacher() {}

    /** Attaches heliograph.jar; what jcmd says. */
    public static List<String> attach(Child app, String options) {
        return load(app, ChildJvm.jar(), options);
    }

    /** Attaches the library itself. */
    public static List<String> attachNatively(Child app, String options) {
        return load(app, ChildJvm.library(), libraryOptions(options));
    }

    /** Whichever of the two. */
    public static List<String> attach(Child app, boolean isNative, String options) {
        return isNative ? attachNatively(app, options) : attach(app, options);
    }

    /** Attaches from this very process, for tests that do so often: no JVM is started for it. Fails where the agent refuses. */
    public static void attachFromHere(Child app, boolean isNative, String options) {
        try {
            VirtualMachine jvm = VirtualMachine.attach("" + app.pid());
            try {
                if (isNative) {
                    jvm.loadAgentPath(ChildJvm.library(), libraryOptions(options));
                } else if (options.isEmpty()) {
                    jvm.loadAgent(ChildJvm.jar());
                } else {
                    jvm.loadAgent(ChildJvm.jar(), options);
                }
            } finally {
                jvm.detach();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new AssertionError(options, e);
        }
    }

    private static String libraryOptions(String options) {
        return "jar=" + ChildJvm.jar() + (options.isEmpty() ? "" : "," + options);
    }

    /** jcmd cuts options at the first "=" that is not within quotes of their own. */
    public static List<String> load(Child app, String agent, String options) {
        return options.isEmpty()
                ? jcmd(app, "JVMTI.agent_load", agent)
                : jcmd(app, "JVMTI.agent_load", agent, '"' + options + '"');
    }

    /** Any command of jcmd. */
    public static List<String> jcmd(Child app, String... words) {
        List<String> command = new ArrayList<>(List.of(ChildJvm.tool("jcmd"), "" + app.pid()));
        command.addAll(List.of(words));
        try (Child jcmd = Child.start(command, Map.of())) {
            return jcmd.out().all();
        }
    }
}
