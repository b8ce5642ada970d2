package io.heliograph.jmh.run;

import io.heliograph.jmh.report.Report;
import io.heliograph.jmh.report.Results;
import java.io.IOException;
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
        System.exit(run(arguments));
    }

    /** Returns the exit status. */
    private static int run(String[] arguments) throws InterruptedException {
        try {
            Path home = Path.of(System.getProperty("heliograph.home", ".")).toRealPath();
            Options options = Options.of(arguments);
            Path out = Files.createDirectories(options.out().orElseGet(() -> newFolder(home)))
                    .toRealPath();
            Workplace workplace = new Workplace(home, out, options.effort());
            List<String> notes = new ArrayList<>();
            List<Cell> cells = chosen(Plan.cells(workplace, notes::add), options);
            notes.forEach(System.out::println);
            Results results = new Run(workplace, cells, System.out).measure(notes);
            System.out.println();
            System.out.println(Report.write(results, out, home.resolve("jmh/causes.md")));
            System.out.println("The report is " + out.resolve(Report.FILE));
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("jmh/run: " + e.getMessage());
            return WRONG_USE;
        } catch (Run.CellFailure | IOException e) {
            System.err.println("jmh/run: failed: " + e.getMessage());
            return 1;
        }
    }

    private static List<Cell> chosen(List<Cell> cells, Options options) {
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
            throw new IllegalArgumentException("there is no question " + only + ": there are " + questions);
        }
        return chosen;
    }

    private static Path newFolder(Path home) {
        String time = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT)
                .format(LocalDateTime.now(ZoneId.systemDefault()));
        return home.resolve("jmh/results").resolve(Runtime.version().feature() + "-" + time);
    }
}
