package io.heliograph.internal.jni;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways to one of our native files that have failed, and the message that names them all. */
public final class Attempts {
    private final List<Attempt> failed = new ArrayList<>();

    private record Attempt(String what, Throwable failure) {
        @Override
        public String toString() {
            String message = failure.getMessage();
            boolean saysAll = failure instanceof UnsatisfiedLinkError || failure.getClass() == IOException.class;
            String why = saysAll
                    ? String.valueOf(message)
                    : failure.getClass().getSimpleName() + (message == null ? "" : " " + message);
            return what + ": " + why.replaceAll("\\s+", " ");
        }
    }

    public void add(String what, Throwable failure) {
        failed.add(new Attempt(what, failure));
    }

    /** The first failure of that type. */
    Optional<Throwable> first(Class<? extends Throwable> type) {
        return failed.stream().map(Attempt::failure).filter(type::isInstance).findFirst();
    }

    /**
     * What has failed, how, and what the user can do.
     *
     * @param what has failed
     * @param file what the property can name
     */
    public String message(String what, String file, String property) {
        return what + ". Tried " + tried() + ". Name a folder that is writable and not mounted noexec with -D"
                + UnpackedLibrary.FOLDER_PROPERTY + "=FOLDER, or " + file + " itself with -D" + property + "=PATH";
    }

    /** Each attempt with a number, and how it failed. */
    String tried() {
        StringBuilder tried = new StringBuilder();
        for (int i = 0; i < failed.size(); i++) {
            tried.append(i == 0 ? "(" : "; (").append(i + 1).append(") ").append(failed.get(i));
        }
        return tried.toString();
    }

    /** The error, with the failures suppressed in it. */
    public <E extends Throwable> E suppressedIn(E error) {
        failed.forEach(attempt -> error.addSuppressed(attempt.failure()));
        return error;
    }
}
