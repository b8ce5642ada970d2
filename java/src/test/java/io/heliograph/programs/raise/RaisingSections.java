package io.heliograph.programs.raise;

import io.heliograph.internal.raise.RaisingRun;
import io.heliograph.internal.raise.Unbroken;
import io.heliograph.programs.Talk;

/** Has exceptions raised at the edges of a body and of its unbroken sections, as its argument names, and says what came of it. */
public final class RaisingSections {
    private static Runnable initialising = () -> {};

    private RaisingSections() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "unbroken" -> unbroken();
            case "nested" -> nested();
            case "edges" -> edges();
            case "initialiser" -> initialiser();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** What comes in a section is thrown where it is left, whether it returns or throws. */
    private static void unbroken() {
        for (boolean fails : new boolean[] {false, true}) {
            RaisingRun run = new RaisingRun(false);
            Throwable what = new IllegalStateException("raised");
            boolean[] reached = new boolean[2];
            Throwable outcome = run.run(() -> {
                Unbroken.call(() -> {
                    run.raise(what);
                    Probe.probe();
                    reached[0] = true;
                    if (fails) {
                        throw new IllegalArgumentException("its own");
                    }
                    return null;
                });
                reached[1] = true;
                return null;
            });
            Talk.say("whole " + reached[0] + " beyond " + reached[1] + " raised " + (outcome == what) + " at "
                    + outcome.getStackTrace()[0].getMethodName() + " suppressed " + outcome.getSuppressed().length);
        }
    }

    private static void nested() {
        RaisingRun run = new RaisingRun(false);
        Throwable what = new IllegalStateException("raised");
        boolean[] reached = new boolean[3];
        Throwable outcome = run.run(() -> Unbroken.call(() -> {
            Unbroken.call(() -> {
                run.raise(what);
                Probe.probe();
                reached[0] = true;
                return null;
            });
            Unbroken.throwPending();
            Probe.probe();
            reached[1] = true;
            return null;
        }));
        Talk.say("inner " + reached[0] + " outer " + reached[1] + " raised " + (outcome == what));
        RaisingRun polled = new RaisingRun(false);
        Talk.say("polled "
                + (polled.run(() -> {
                            polled.raise(what);
                            Unbroken.throwPending();
                            return null;
                        })
                        == what));
    }

    private static void edges() throws Exception {
        RaisingRun before = new RaisingRun(false);
        Throwable what = new IllegalStateException("raised");
        boolean[] ran = new boolean[1];
        Talk.say("before " + before.raise(what) + " again " + before.raise(new IllegalStateException("again")));
        Talk.say("raised " + (before.run(() -> ran[0] = true) == what) + " ran " + ran[0]);
        RaisingRun after = new RaisingRun(false);
        Talk.say("returned " + (after.run(() -> 1) == null) + " after " + after.raise(what));
        RaisingRun failing = new RaisingRun(false);
        Exception own = new IllegalArgumentException("its own");
        Talk.say("own "
                + (failing.run(() -> {
                            throw own;
                        })
                        == own));
        Probe.probe();
        Talk.say("interrupted " + Thread.interrupted());
    }

    /** An exception in a class initialiser would make its class useless. */
    private static void initialiser() {
        RaisingRun run = new RaisingRun(false);
        Throwable what = new IllegalStateException("raised");
        initialising = () -> {
            run.raise(what);
            Probe.probe();
        };
        Throwable outcome = run.run(() -> {
            Slow.use();
            Probe.spin();
            return null;
        });
        Talk.say("raised " + (outcome == what) + " initialised " + Slow.use());
    }

    /** Has an initialiser that takes its time. */
    private static final class Slow {
        private static final boolean IS_INITIALISED = initialise();

        private Slow() {}

        private static boolean initialise() {
            initialising.run();
            return true;
        }

        static boolean use() {
            return IS_INITIALISED;
        }
    }
}
