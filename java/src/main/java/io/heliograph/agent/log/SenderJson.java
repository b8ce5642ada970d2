package io.heliograph.agent.log;

import io.heliograph.Ancestor;
import io.heliograph.SenderIdentity;
import io.heliograph.SignalEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON line of an event that has a sender. */
final class SenderJson implements Shortening.Line {
    private static final int MOST_OF_NAME = 96;

    /** The length of an executable's or control group's path. */
    private static final int MOST_OF_PATH = 256;

    private final SignalEvent event;
    private final Instant arrived;
    private final Request request;
    private final SenderFacts facts;
    private final boolean showsArguments;

    SenderJson(SignalEvent event, Instant arrived, Request request, SenderFacts facts, boolean showsArguments) {
        this.event = event;
        this.arrived = arrived;
        this.request = request;
        this.facts = facts;
        this.showsArguments = showsArguments;
    }

    @Override
    public String make(int ancestorsInFull, int room) {
        JsonObject line = EventJson.begin(event.signal(), arrived, request)
                .add("origin", facts.origin().json())
                .add("pid", facts.sender().pid())
                .add("uid", facts.sender().uid());
        addName(line, "user", Optional.ofNullable(facts.user()));
        line.addIf("userNamespace", !facts.surroundings().inFirstUserNamespace())
                .addIf("attaching", facts.sender().isAttaching());
        addIdentity(line, room);
        if (event instanceof SignalEvent.Queued queued) {
            line.add("value", queued.value());
        }
        List<JsonObject> ancestors = new ArrayList<>();
        for (Ancestor ancestor : facts.ancestors()) {
            ancestors.add(json(ancestor, ancestors.size() < ancestorsInFull, room));
        }
        if (!ancestors.isEmpty()) {
            line.addObjects("ancestors", ancestors);
        }
        return line.end();
    }

    private void addIdentity(JsonObject line, int room) {
        SenderIdentity identity = facts.identity();
        switch (identity.look()) {
            case ON_ARRIVAL -> line.add("look", "on-arrival");
            case LATER -> line.add("look", "later");
            case NONE -> {}
        }
        line.addIf("gone", facts.isGone());
        addName(line, "command", identity.command());
        addArguments(line, identity.arguments(), identity.argumentsCut(), room);
        addName(line, "becameCommand", identity.becameCommand());
        addPath(line, "executable", identity.executable().orElse(null));
        addPath(line, "cgroup", facts.otherCgroup(identity.cgroup()));
    }

    private JsonObject json(Ancestor ancestor, boolean isInFull, int room) {
        JsonObject json = new JsonObject().add("pid", ancestor.pid()).addIf("ended", ancestor.ended());
        if (ancestor.ended()) {
            return json;
        }
        if (ancestor.uid().isPresent()) {
            json.add("uid", ancestor.uid().getAsLong());
        }
        addName(json, "user", ancestor.userName());
        addName(json, "command", ancestor.command());
        addArguments(json, ancestor.arguments(), ancestor.argumentsCut(), isInFull ? room : 0);
        if (isInFull) {
            addPath(json, "cgroup", facts.otherCgroup(ancestor.cgroup()));
        }
        return json;
    }

    private static void addName(JsonObject json, String field, Optional<String> name) {
        if (name.isPresent()) {
            json.add(field, name.get(), MOST_OF_NAME);
        }
    }

    private static void addPath(JsonObject json, String field, @Nullable String path) {
        if (path != null) {
            json.add(field, path, MOST_OF_PATH);
        }
    }

    private void addArguments(JsonObject json, List<String> arguments, boolean isCut, int room) {
        if (showsArguments && !arguments.isEmpty()) {
            boolean isAll = json.add("arguments", arguments, room);
            json.addIf("argumentsCut", isCut || !isAll);
        }
    }
}
