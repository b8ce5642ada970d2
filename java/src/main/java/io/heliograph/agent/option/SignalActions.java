package io.heliograph.agent.option;

import io.heliograph.Signal;
import java.util.List;
import java.util.StringJoiner;

/** One signal and its actions, in the order in which the option names them. */
public record SignalActions(Signal signal, List<Action> actions) {
    /** The option, as an operator would write it. */
    public String optionText() {
        return signal + "=" + actionsText();
    }

    public String actionsText() {
        StringJoiner texts = new StringJoiner("+");
        for (Action action : actions) {
            texts.add(action.optionText());
        }
        return texts.toString();
    }
}
