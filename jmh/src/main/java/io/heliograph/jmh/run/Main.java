package io.heliograph.jmh.run;

import io.heliograph.jmh.report.Causes;
import io.heliograph.jmh.report.Report;
import io.heliograph.jmh.report.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code jmh/run}: measures everything and leaves the report. */
public final class Main {
    private static final int WRONG_USE = 64;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(System.getProperty("heliograph.home", "."), System.out, System.err, arguments));
    }

    /** An option, or the value of one, that is not right. */
    private static final class WrongUse extends Exception {
        private static final long serialVersionUID = 1;

        WrongUse(String message) {
            super(message);
        }
    }

    /** Returns the exit status. */
    static int run(String folder, PrintStream output, PrintStream errors, String... arguments)
            throws InterruptedException {
        try {
            Options options = options(arguments);
            Path home = Path.of(folder).toRealPath();
            // Before anything is measured: what is wrong with it is not to be found at the end.
            Causes causes = Causes.read(home.resolve("jmh/causes.md"));
            measure(home, options, causes, output);
            return 0;
        } catch (WrongUse e) {
            errors.println("jmh/run: " + e.getMessage());
            return WRONG_USE;
        } catch (Run.CellFailure | IOException e) {
            errors.println("jmh/run: failed: " + e.getMessage());
            return 1;
        }
    }

    private static Options options(String... arguments) throws WrongUse {
        try {
            return Options.of(arguments);
        } catch (IllegalArgumentException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
    }

    private static void measure(Path home, Options options, Causes causes, PrintStream output)
            throws WrongUse, Run.CellFailure, IOException, InterruptedException {
        Path out = Files.createDirectories(options.out().orElseGet(() -> newFolder(home)))
                .toRealPath();
        Workplace workplace = new Workplace(home, out, options.effort());
        List<String> notes = new ArrayList<>();
        List<Cell> cells = chosen(Plan.cells(workplace, notes::add), options);
        notes.forEach(output::println);
        Results results = new Run(workplace, cells, output).measure(notes);
        output.println();
        output.println(Report.write(results, out, causes));
        output.println("The report is " + out.resolve(Report.FILE));
    }

    private static List<Cell> chosen(List<Cell> cells, Options options) throws WrongUse {
        if (options.only().isEmpty()) {
            return cells;
        }
        String only = options.only().get();
        List<Cell> chosen =
                cells.stream().filter(cell -> cell.question().equals(only)).toList();
        if (chosen.isEmpty()) {
            String questions =
                    cells.stream().map(Cell::question).collect(Collectors.toCollection(TreeSet::new)).stream()
                            .collect(Collectors.joining(", "));
            throw new WrongUse("there is no question " + only + ": there are " + questions);
        }
        return chosen;
    }

    private static Path newFolder(Path home) {
        String time = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT)
                .format(LocalDateTime.now(ZoneId.systemDefault()));
        return home.resolve("jmh/results").resolve(Runtime.version().feature() + "-" + time);
    }
}
