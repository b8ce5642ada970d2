package io.heliograph.jmh.outside;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Program;
import io.heliograph.jmh.cell.Workplace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The questions of processes that another process signals. */
public final class Outside {
    private static final String SIGNAL = "USR1";

    /** Not beside busy loops: what spins needs a processor of its own. */
    private static final Set<String> QUIET_ALONE =
            Set.of("c-two-hops-spinning", "heliograph-own-thread", "heliograph-spinning");

    /** Those whose slice the question "slice" switches. */
    private static final Set<String> SLICED = Set.of("c-two-hops", "heliograph");

    private Outside() {}

    /**
     * The latency from kill(2) to the worker, quiet and busy, and what the short slice gains there.
     *
     * @param notes takes a line for each contender that this machine does not have
     */
    public static List<Cell> cells(Workplace workplace, Consumer<String> notes) {
        List<Receiver> receivers = receivers(workplace, notes);
        List<Cell> cells = new ArrayList<>();
        for (Load.Kind load : Load.Kind.values()) {
            for (Receiver receiver : receivers) {
                if (load == Load.Kind.QUIET || !QUIET_ALONE.contains(receiver.contender())) {
                    cells.add(new OutsideCell(receiver, load));
                }
            }
        }
        if (!hasSlices(System.getProperty("os.version", ""))) {
            notes.accept("slice: the kernel is older than Linux 6.12");
            return cells;
        }
        for (Load.Kind load : Load.Kind.values()) {
            for (Receiver receiver : receivers) {
                if (SLICED.contains(receiver.contender())) {
                    cells.add(new SliceCell(receiver, load));
                }
            }
        }
        return cells;
    }

    private static List<Receiver> receivers(Workplace workplace, Consumer<String> notes) {
        List<Receiver> receivers = new ArrayList<>();
        for (String hops : List.of("two-hops", "two-hops-slice", "two-hops-spinning")) {
            receivers.add(new Receiver(
                    "c-" + hops,
                    SIGNAL,
                    "",
                    false,
                    (with, file) -> List.of(with.program("outside_receive"), file.toString(), SIGNAL, hops)));
        }
        receivers.add(java(workplace, "sun.misc", "sun.misc"));
        receivers.add(java(workplace, "heliograph", "heliograph"));
        receivers.add(java(workplace, "heliograph-own-thread", "heliograph-own-thread"));
        receivers.add(java(workplace, "heliograph-spinning", "heliograph", "-Dheliograph.wait=spin"));
        script("python3", "receive.py", SIGNAL, notes).ifPresent(receivers::add);
        // USR1 starts Node's debugger.
        script("node", "receive.js", "USR2", notes).ifPresent(receivers::add);
        return receivers;
    }

    private static Receiver java(Workplace workplace, String contender, String api, String... options) {
        int warmUp = workplace.effort().pick(100, 5_000, 20_000);
        return new Receiver(
                contender,
                SIGNAL,
                "warmed up by " + warmUp + " of its own",
                OutsideReceiver.isOurs(api),
                (any, file) -> Workplace.java(List.of(options), OutsideReceiver.class, file, api, warmUp));
    }

    private static Optional<Receiver> script(String interpreter, String script, String signal, Consumer<String> notes) {
        Optional<String> version = version(interpreter);
        if (version.isEmpty()) {
            notes.accept("outside: " + interpreter + " is omitted, because none on PATH runs");
        }
        return version.map(found -> new Receiver(
                interpreter,
                signal,
                interpreter + " " + found + ", " + signal,
                false,
                (workplace, file) -> List.of(
                        interpreter, workplace.unpack(Outside.class, script).toString(), file.toString(), signal)));
    }

    /** Empty if the program does not run. */
    private static Optional<String> version(String program) {
        try {
            return Optional.of(Program.run(List.of(program, "--version")))
                    .map(output -> output.replaceAll("[^0-9.]", ""))
                    .filter(number -> !number.isEmpty());
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether a kernel of that version lets threads ask for a slice, as Linux 6.12 and later do. */
    static boolean hasSlices(String version) {
        String[] numbers = version.split("[^0-9]+", 3);
        int major = Integer.parseInt(numbers[0]);
        return major > 6 || (major == 6 && Integer.parseInt(numbers[1]) >= 12);
    }
}
