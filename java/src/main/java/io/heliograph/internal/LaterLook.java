package io.heliograph.internal;

import io.heliograph.Ancestor;
import io.heliograph.Sender;
import io.heliograph.SenderIdentity;
import java.util.List;

/** A sender that is looked at when it is asked for. */
public record LaterLook(int pid) implements Sender.Details {
    @Override
    public SenderIdentity identity() {
        return ProcFiles.identityOf(pid);
    }

    @Override
    public List<Ancestor> ancestors() {
        return List.of();
    }
}
