package io.heliograph.jmh.outside;

import io.heliograph.jmh.run.Cell;
import io.heliograph.jmh.run.Questions;
import io.heliograph.jmh.run.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** From another process's kill(2) to the worker, for each who can be signalled. */
public final class Outside implements Questions {
    private static final String SIGNAL = "USR1";

    private static final List<String> PLAIN_START = List.of();

    /** Those that are measured beside a load, too. */
    private static final Set<String> BUSY =
            Set.of("c-two-hops", "c-two-hops-slice", "sun.misc", "blocking", "blocking-no-slice", "own-thread");

    @Override
    public List<Cell> cells(Workplace workplace, Consumer<String> notes) {
        List<Contender> contenders = new ArrayList<>();
        for (String way : List.of("sigwaitinfo", "one-hop", "two-hops", "two-hops-slice", "two-hops-spinning")) {
            contenders.add(inC(workplace, way));
        }
        contenders.add(inJava(workplace, "nothing", Receiver.NOTHING, PLAIN_START));
        contenders.add(inJava(workplace, "sun.misc", "sun.misc", PLAIN_START));
        contenders.add(inJava(workplace, "blocking", "heliograph", PLAIN_START));
        contenders.add(inJava(workplace, "blocking-no-slice", "heliograph", PLAIN_START, "-Dheliograph.slice=off"));
        contenders.add(inJava(workplace, "own-thread", Receiver.OWN_THREAD, PLAIN_START));
        contenders.add(inJava(workplace, "spinning", "heliograph", PLAIN_START, "-Dheliograph.wait=spin"));
        // Only the dispatcher's thread takes the signal: one hop.
        contenders.add(inJava(workplace, "signal-blocked", "heliograph", List.of("env", "--block-signal=" + SIGNAL)));
        addScript(contenders, notes, "python3", "receive.py", SIGNAL);
        // Not USR1, which starts Node's debugger.
        addScript(contenders, notes, "node", "receive.js", "USR2");
        List<Cell> cells = new ArrayList<>();
        contenders.forEach(contender -> cells.add(new OutsideCell(contender, Load.Kind.QUIET)));
        contenders.stream()
                .filter(contender -> BUSY.contains(contender.name()))
                .forEach(contender -> cells.add(new OutsideCell(contender, Load.Kind.BUSY)));
        return cells;
    }

    private static Contender inC(Workplace workplace, String way) {
        return new Contender(
                "c-" + way,
                SIGNAL,
                "",
                false,
                file -> List.of(workplace.program("outside_receive").toString(), file.toString(), SIGNAL, way));
    }

    private static Contender inJava(
            Workplace workplace, String name, String api, List<String> before, String... options) {
        int warmUp = workplace.effort().pick(100, 5_000, 20_000);
        boolean isEmpty = api.equals(Receiver.NOTHING);
        return new Contender(
                name,
                isEmpty ? "none" : SIGNAL,
                isEmpty ? "no signal: it polls what the sender counts" : "warmed up by " + warmUp + " of its own",
                Receiver.isOurs(api),
                file -> {
                    List<String> command = new ArrayList<>(before);
                    command.add(workplace.java().toString());
                    command.addAll(Arrays.asList(options));
                    command.addAll(List.of(
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            workplace.classPath(),
                            Receiver.class.getName(),
                            file.toString(),
                            api,
                            Integer.toString(warmUp)));
                    return command;
                });
    }

    private static void addScript(
            List<Contender> contenders, Consumer<String> notes, String interpreter, String script, String signal) {
        Optional<String> version = version(interpreter);
        if (version.isEmpty()) {
            notes.accept("outside: " + interpreter + " is left out, there is none on PATH that runs");
            return;
        }
        contenders.add(new Contender(
                interpreter,
                signal,
                interpreter + " " + version.get() + ", " + signal,
                false,
                file -> List.of(
                        interpreter, unpack(script, file.resolveSibling(script)).toString(), file.toString(), signal)));
    }

    /** As the interpreter tells it; empty where it cannot be run. */
    static Optional<String> version(String interpreter) {
        try {
            return Optional.of(Program.run(List.of(interpreter, "--version")))
                    .map(said -> said.replaceAll("[^0-9.]", ""))
                    .filter(number -> !number.isEmpty());
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static Path unpack(String script, Path to) {
        try (InputStream in = Outside.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + script + " among the classes: build the module");
            }
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
