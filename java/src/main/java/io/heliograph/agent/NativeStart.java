package io.heliograph.agent;

import io.heliograph.agent.option.StartOptions;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The entry points for the library as the agent itself ({@code -agentpath}). Native code calls them by name. */
final class NativeStart {
    private NativeStart() {}

    /**
     * Called before the app's main, as {@link HeliographAgent#premain}. Native code has asked before whether the agent is
     * to stay out.
     */
    @SuppressWarnings("unused") // called by name
    static int onLoad(byte[] options) {
        AgentStart.beforeMain(new String(options, ofCommandLines()), StartOptions.ofEnvironment());
        return 0;
    }

    /** Called when it attaches, as {@link HeliographAgent#agentmain}. Returns the status for the attaching process. */
    @SuppressWarnings("unused") // called by name
    static int onAttach(byte[] options) {
        // The attaching JDK sends UTF-8 (HotSpotVirtualMachine.execute).
        return AgentStart.attach(new String(options, StandardCharsets.UTF_8)) == null ? 0 : AgentStart.WRONG_USAGE;
    }

    /** The charset of the JDK's own command line. */
    private static Charset ofCommandLines() {
        String name = System.getProperty("sun.jnu.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }
}
