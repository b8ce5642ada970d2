package io.heliograph.agent;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Where the library enters Java when it is the agent itself ({@code -agentpath}; native/src/agent.c calls these). */
final class NativeStart {
    private NativeStart() {}

    /** Before the app's main, as {@link HeliographAgent#premain}; ends the process where an option is wrong. */
    @SuppressWarnings("unused") // called by name
    static int onLoad(byte[] options) {
        HeliographAgent.startOrExit(new String(options, ofCommandLines()));
        return 0;
    }

    /** Attached, as {@link HeliographAgent#agentmain}; the answer is the status for whoever attached. */
    @SuppressWarnings("unused") // called by name
    static int onAttach(byte[] options) {
        // Whoever attaches sends UTF-8 (HotSpotVirtualMachine.execute).
        return HeliographAgent.startOrSay(new String(options, StandardCharsets.UTF_8), false) == null
                ? 0
                : HeliographAgent.WRONG_USAGE;
    }

    /** As the JDK reads its own command line. */
    private static Charset ofCommandLines() {
        String name = System.getProperty("sun.jnu.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }
}
