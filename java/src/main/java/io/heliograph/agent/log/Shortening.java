package io.heliograph.agent.log;

/** Keeps a line so short that it goes to a pipe whole, whatever others write to the same pipe (pipe(7), PIPE_BUF). */
final class Shortening {
    /** PIPE_BUF without the line's end. */
    static final int MOST_CHARACTERS = 4096 - 1;

    /** What one command line may take at first, escaped. */
    private static final int ROOM = 1024;

    private static final int STEP = 256;

    private Shortening() {}

    /** A line that can be shorter. */
    interface Line {
        /**
         * Makes it.
         *
         * @param ancestorsInFull how many ancestors have their command line, from the sender's parent on
         * @param room how many characters a command line may take
         */
        String make(int ancestorsInFull, int room);
    }

    /** The longest of its forms that is short enough. The farthest ancestors lose their command lines first. */
    static String fit(int ancestors, Line line) {
        int inFull = ancestors;
        int room = ROOM;
        String made = line.make(inFull, room);
        while (made.length() > MOST_CHARACTERS && room > 0) {
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
