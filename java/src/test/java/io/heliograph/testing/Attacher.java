package io.heliograph.testing;

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
        return load(app, ChildJvm.library(), "jar=" + ChildJvm.jar() + (options.isEmpty() ? "" : "," + options));
    }

    /** Whichever of the two. */
    public static List<String> attach(Child app, boolean isNative, String options) {
        return isNative ? attachNatively(app, options) : attach(app, options);
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
