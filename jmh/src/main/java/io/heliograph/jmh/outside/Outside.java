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
import java.util.stream.Stream;

/** The questions of processes that another process signals. */
public final class Outside {
    private static final String SIGNAL = "USR1";

    /** Contenders of "outside-busy". */
    private static final Set<String> BUSY =
            Set.of("c-two-hops", "c-two-hops-slice", "sun.misc", "blocking", "blocking-no-slice", "own-thread");

    private Outside() {}

    /**
     * The latency from kill(2) to the worker.
     *
     * @param notes takes a line for each contender that this machine does not have
     */
    public static List<Cell> latencies(Workplace workplace, Consumer<String> notes) {
        List<OutsideCell> cells = new ArrayList<>();
        for (String hops : List.of("one-hop", "two-hops", "two-hops-slice", "two-hops-spinning")) {
            cells.add(new OutsideCell(
                    "c-" + hops,
                    Load.Kind.QUIET,
                    SIGNAL,
                    "",
                    false,
                    (with, file) -> List.of(with.program("outside_receive"), file.toString(), SIGNAL, hops)));
        }
        cells.add(java(workplace, "nothing", "nothing", List.of()));
        cells.add(java(workplace, "sun.misc", "sun.misc", List.of()));
        cells.add(java(workplace, "blocking", "heliograph", List.of()));
        cells.add(java(workplace, "blocking-no-slice", "heliograph", List.of(), "-Dheliograph.slice=off"));
        cells.add(java(workplace, "own-thread", "heliograph-own-thread", List.of()));
        cells.add(java(workplace, "spinning", "heliograph", List.of(), "-Dheliograph.wait=spin"));
        // Only the dispatcher's thread takes the signal: one hop.
        cells.add(java(workplace, "signal-blocked", "heliograph", List.of("env", "--block-signal=" + SIGNAL)));
        script("python3", "receive.py", SIGNAL, notes).ifPresent(cells::add);
        // USR1 starts Node's debugger.
        script("node", "receive.js", "USR2", notes).ifPresent(cells::add);
        return Stream.concat(
                        cells.stream(),
                        cells.stream()
                                .filter(cell -> BUSY.contains(cell.contender()))
                                .map(OutsideCell::besideLoad))
                .map(Cell.class::cast)
                .toList();
    }

    private static OutsideCell java(
            Workplace workplace, String contender, String api, List<String> before, String... options) {
        int warmUp = workplace.effort().pick(100, 5_000, 20_000);
        boolean isEmpty = api.equals("nothing");
        return new OutsideCell(
                contender,
                Load.Kind.QUIET,
                isEmpty ? "none" : SIGNAL,
                isEmpty ? "no signal: it polls the sender's count" : "warmed up by " + warmUp + " of its own",
                OutsideReceiver.isOurs(api),
                (any, file) -> {
                    List<String> command = new ArrayList<>(before);
                    command.addAll(Workplace.java(List.of(options), OutsideReceiver.class, file, api, warmUp));
                    return command;
                });
    }

    private static Optional<OutsideCell> script(
            String interpreter, String script, String signal, Consumer<String> notes) {
        Optional<String> version = version(interpreter);
        if (version.isEmpty()) {
            notes.accept("outside: " + interpreter + " is omitted, because none on PATH runs");
        }
        return version.map(found -> new OutsideCell(
                interpreter,
                Load.Kind.QUIET,
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

    /** How often a worker learns the sender of a signal. */
    public static List<Cell> senders(Consumer<String> notes) {
        for (String program : List.of("bash", "pkill", "xargs", "timeout")) {
            if (version(program).isEmpty()) {
                notes.accept("senders: there is no " + program + " on PATH");
                return List.of();
            }
        }
        List<Cell> cells = new ArrayList<>();
        for (Load.Kind load : Load.Kind.values()) {
            cells.add(new SendersCell("kill", false, load));
            for (String sender : List.of("kill", "timeout", "xargs", "pkill", "bash")) {
                cells.add(new SendersCell(sender, true, load));
            }
        }
        return cells;
    }
}
