package io.heliograph.agent.option;

import io.heliograph.internal.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * The agent's options.
 *
 * <pre>
 *   options = "off" | option *("," option)
 *   option  = SIGNAL "=" action *("+" action) | setting "=" value | "config=" path
 *   action  = name [":" argument]
 * </pre>
 *
 * <p>A backslash removes the special meaning of the character after it, so that an argument can hold a comma, a plus or a
 * backslash. Without a signal, HUP, INT, QUIT, TERM, USR1 and USR2 are logged. A configuration file has one option a line; a comma has
 * no meaning there. {@link StartOptions#VARIABLE} has options of the same form for a start. Those of the command line win,
 * signal by signal and setting by setting.
 *
 * @param bindings the signals with their actions, in the order given
 * @param off whether the agent is to go; then there is nothing else
 */
public record AgentOptions(List<SignalActions> bindings, Settings settings, boolean off) {
    /** As an operator would write them, in one harmless line. */
    public String text() {
        List<String> texts = new ArrayList<>();
        bindings.forEach(binding -> texts.add(binding.optionText()));
        for (Setting setting : Setting.values()) {
            if (settings.given().containsKey(setting)) {
                texts.add(setting.optionName() + "=" + settings.given().get(setting));
            }
        }
        return Printable.line(String.join(", ", texts));
    }
}
