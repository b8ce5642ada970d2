package io.heliograph.agent;

/** What went wrong, in one harmless line. */
final class Failure {
    private Failure() {}

    static String line(Throwable failure) {
        return Printable.escape(String.valueOf(failure));
    }
}
