package io.heliograph.agent.log;

/** Shortens a line to PIPE_BUF, so that a write to a pipe keeps it whole (pipe(7)). */
final class Shortening {
    /** PIPE_BUF without the line's end. */
    static final int MOST_CHARACTERS = 4096 - 1;

    /** The first limit of a command line, escaped. */
    private static final int ROOM = 1024;

    private static final int STEP = 256;

    private Shortening() {}

    /** A line of adjustable length. */
    interface Line {
        /**
         * Makes it.
         *
         * @param ancestorsInFull how many ancestors show their command line, beginning with the sender's parent
         * @param room the most characters of a command line
         */
        String make(int ancestorsInFull, int room);
    }

    /** The longest form of at most so many characters, if there is one. The farthest ancestors lose their command lines first. */
    static String fit(int ancestors, int most, Line line) {
        int inFull = ancestors;
        int room = ROOM;
        String made = line.make(inFull, room);
        while (made.length() > most && room > 0) {
            if (inFull > 0) {
                inFull--;
            } else {
                room -= STEP;
            }
            made = line.make(inFull, room);
        }
        return made;
    }
}
