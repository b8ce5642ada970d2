package io.heliograph.agent.log;

import io.heliograph.Ancestor;
import io.heliograph.Sender;
import io.heliograph.SenderDetails;
import io.heliograph.SenderIdentity;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.proc.ProcSenderDetails;
import io.heliograph.internal.proc.ThisProcess;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Events that never were, whose lines take all the code that those of an ordinary {@code kill} take. */
final class LogRehearsal {
    private static final int NOBODY = -1;

    private LogRehearsal() {}

    static List<SignalEvent> events() {
        return List.of(sent(ProcSenderDetails.later(ThisProcess.pid(), 0, System.nanoTime())), sent(new Captured()));
    }

    private static SignalEvent sent(SenderDetails details) {
        return new SignalEvent.Sent(Signal.TERM, System.nanoTime(), 0, Sender.of(NOBODY, 0, false, details));
    }

    private static final class Captured implements SenderDetails {
        @Override
        public SenderIdentity identity() {
            return new SenderIdentity(
                    SenderIdentity.Look.ON_ARRIVAL,
                    false,
                    Optional.of("kill"),
                    List.of("kill", "-TERM", "\n"),
                    false,
                    Optional.empty(),
                    Optional.of("0::/"),
                    Optional.empty());
        }

        @Override
        public List<Ancestor> ancestors() {
            return List.of(new Ancestor(
                    NOBODY,
                    false,
                    OptionalLong.of(0),
                    Optional.empty(),
                    Optional.of("sh"),
                    List.of("sh"),
                    false,
                    Optional.empty()));
        }
    }
}
