package io.heliograph.jmh.cell;

import java.util.Locale;

/** How much a run measures. */
public enum Effort {
    /** A moment of everything: shows that it works, and its figures mean nothing. */
    SMOKE(1),
    /** About five minutes on two cores. */
    NORMAL(3),
    FULL(7);

    private final int rounds;

    Effort(int rounds) {
        this.rounds = rounds;
    }

    public int rounds() {
        return rounds;
    }

    /** The value for this effort. */
    public int pick(int smoke, int normal, int full) {
        return switch (this) {
            case SMOKE -> smoke;
            case NORMAL -> normal;
            case FULL -> full;
        };
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
