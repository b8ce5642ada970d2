package io.heliograph.agent;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The entry points for the library as the agent itself ({@code -agentpath}). Native code calls them by name. */
final class NativeStart {
    private NativeStart() {}

    /** Called before the app's main, as {@link HeliographAgent#premain}. Ends the process if an option is wrong. */
    @SuppressWarnings("unused") // called by name
    static int onLoad(byte[] options) {
        HeliographAgent.startOrExit(new String(options, ofCommandLines()));
        return 0;
    }

    /** Called when it attaches, as {@link HeliographAgent#agentmain}. Returns the status for the attaching process. */
    @SuppressWarnings("unused") // called by name
    static int onAttach(byte[] options) {
        // The attaching JDK sends UTF-8 (HotSpotVirtualMachine.execute).
        return HeliographAgent.startOrSay(new String(options, StandardCharsets.UTF_8), false) == null
                ? 0
                : HeliographAgent.WRONG_USAGE;
    }

    /** The charset of the JDK's own command line. */
    private static Charset ofCommandLines() {
        String name = System.getProperty("sun.jnu.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }
}
