package io.heliograph.jmh.run;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Causes;
import io.heliograph.jmh.report.Report;
import io.heliograph.jmh.report.Results;
import io.heliograph.jmh.report.Row;
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
import java.util.Set;
import java.util.stream.Collectors;

/** {@code jmh/run}: measures everything, and leaves the report. */
public final class Main {
    private static final int WRONG_USE = 64;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(System.getProperty("heliograph.home", "."), System.out, System.err, arguments));
    }

    /** Returns the exit status. */
    static int run(String folder, PrintStream output, PrintStream errors, String... arguments)
            throws InterruptedException {
        try {
            Options options = Options.of(arguments);
            Path home = Path.of(folder).toRealPath();
            // Before the run, so that a mistake in it does not fail the report.
            Causes causes = Causes.read(home.resolve("jmh/causes.md"));
            measure(home, options, causes, output);
            return 0;
        } catch (Options.WrongUse e) {
            errors.println("jmh/run: " + e.getMessage());
            return WRONG_USE;
        } catch (Run.CellFailure | IOException e) {
            errors.println("jmh/run: failed: " + e.getMessage());
            return 1;
        }
    }

    private static void measure(Path home, Options options, Causes causes, PrintStream output)
            throws Options.WrongUse, Run.CellFailure, IOException, InterruptedException {
        Path out = options.out().orElseGet(() -> newFolder(home)).toAbsolutePath();
        Workplace workplace = new Workplace(home, out, Workplace.makeScratch(), options.effort());
        List<String> notes = new ArrayList<>();
        List<Cell> cells = chosen(Plan.cells(workplace, notes::add), options);
        Files.createDirectories(out);
        notes.forEach(output::println);
        Results results = new Run(workplace, cells, output).measure(notes);
        output.println();
        output.println(Report.write(results, out, causes));
        output.println("The report is " + out.resolve(Report.FILE));
    }

    private static List<Cell> chosen(List<Cell> cells, Options options) throws Options.WrongUse {
        if (options.only().isEmpty()) {
            return cells;
        }
        String only = options.only().get();
        List<Cell> chosen =
                cells.stream().filter(cell -> asks(cell).contains(only)).toList();
        if (chosen.isEmpty()) {
            String questions = cells.stream()
                    .flatMap(cell -> asks(cell).stream())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new Options.WrongUse("there is no question " + only + ": there are " + questions);
        }
        return chosen;
    }

    /** The questions of a cell; that of start-up has two. */
    private static Set<String> asks(Cell cell) {
        return cell.rows().stream().map(Row::question).collect(Collectors.toSet());
    }

    private static Path newFolder(Path home) {
        String time = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT)
                .format(LocalDateTime.now(ZoneId.systemDefault()));
        return home.resolve("jmh/results").resolve(Runtime.version().feature() + "-" + time);
    }
}
