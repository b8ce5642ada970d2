package io.heliograph.jmh.run;

import java.util.Locale;

/** How much a run is to measure. */
public enum Effort {
    /** A moment of everything: shows that it works; its figures mean nothing. */
    SMOKE(1),
    /** About ten minutes on two cores. */
    NORMAL(3),
    /** As long as it takes. */
    FULL(7);

    private final int rounds;

    Effort(int rounds) {
        this.rounds = rounds;
    }

    /** How often a question is asked, unless no bound hangs on it. */
    public int rounds() {
        return rounds;
    }

    /** The one of the three that is for this effort. */
    public int pick(int smoke, int normal, int full) {
        return switch (this) {
            case SMOKE -> smoke;
            case NORMAL -> normal;
            case FULL -> full;
        };
    }

    /** As the report has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
