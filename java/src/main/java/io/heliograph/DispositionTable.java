package io.heliograph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The doctor's table. */
final class DispositionTable {
    private static final String NOTHING = "-";
    private static final List<String> HEADING = List.of(
            "SIGNAL", "NO", "NOW", "BY", "BENEATH", "BLOCKED", "ARRIVED", "DISPATCHED", "LOST", "REGISTERED", "LAST");

    private DispositionTable() {}

    /** The table at this moment on the clock of {@link System#nanoTime()}. */
    static String of(Collection<Disposition> dispositions, long now) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADING);
        List<Disposition> untouched = new ArrayList<>();
        for (Disposition disposition : dispositions) {
            if (isUntouched(disposition) && disposition.signal().isRealTime()) {
                untouched.add(disposition);
            } else {
                fold(untouched, rows);
                rows.add(row(disposition, now));
            }
        }
        fold(untouched, rows);
        return aligned(rows);
    }

    private static boolean isUntouched(Disposition disposition) {
        return disposition.kind() == Disposition.Kind.DEFAULT
                && disposition.layers().size() == 1
                && disposition.registered().isEmpty()
                && disposition.counts().arrived() == 0
                && disposition.blocked().stream().allMatch(blocked -> blocked.threads() == 0 && !blocked.pending());
    }

    /** Adds one row for all of them, and clears the list. */
    private static void fold(List<Disposition> untouched, List<List<String>> rows) {
        if (!untouched.isEmpty()) {
            Signal first = untouched.get(0).signal();
            Signal last = untouched.get(untouched.size() - 1).signal();
            boolean one = first == last;
            List<String> row = new ArrayList<>(List.of(
                    one ? first.name() : first + " to " + last,
                    one ? "" + first.number() : first.number() + "-" + last.number(),
                    "default"));
            while (row.size() < HEADING.size()) {
                row.add(NOTHING);
            }
            rows.add(row);
            untouched.clear();
        }
    }

    private static List<String> row(Disposition disposition, long now) {
        Ledger.Counts counts = disposition.counts();
        boolean any = counts.arrived() > 0;
        return List.of(
                disposition.signal().name(),
                Integer.toString(disposition.signal().number()),
                lower(disposition.kind()),
                top(disposition.layers().get(0)),
                disposition.layers().stream()
                        .skip(1)
                        .map(DispositionTable::beneath)
                        .collect(
                                Collectors.collectingAndThen(Collectors.joining(", above "), DispositionTable::filled)),
                disposition.blocked().map(DispositionTable::blocked).orElse("?"),
                any ? Long.toString(counts.arrived()) : NOTHING,
                any ? Long.toString(counts.dispatched()) : NOTHING,
                any ? Long.toString(counts.lost()) : NOTHING,
                disposition.registered().stream()
                        .map(DispositionTable::registered)
                        .collect(Collectors.collectingAndThen(Collectors.joining("; "), DispositionTable::filled)),
                disposition.last().map(event -> last(event, now)).orElse(NOTHING));
    }

    private static String top(Disposition.Layer layer) {
        return layer.by() == Disposition.By.NOBODY ? NOTHING : owner(layer);
    }

    private static String beneath(Disposition.Layer layer) {
        return layer.kind() == Disposition.Kind.CAUGHT ? owner(layer) : lower(layer.kind());
    }

    private static String owner(Disposition.Layer layer) {
        return switch (layer.by()) {
            case NOBODY -> "nobody";
            case HELIOGRAPH -> "Heliograph";
            case HOTSPOT ->
                "HotSpot" + layer.javaClass().map(name -> " for " + name).orElse("");
            case JAVA -> layer.javaClass().orElse("Java");
            case LIBRARY ->
                layer.library().map(file -> file.replaceFirst(".*/", "")).orElse("a library");
            case UNKNOWN -> layer.kind() == Disposition.Kind.CAUGHT ? "code of no file" : "not known";
        };
    }

    private static String blocked(Disposition.Blocked blocked) {
        String who = blocked.threads() == blocked.ofThreads()
                ? "all threads"
                : blocked.threads() + " of " + blocked.ofThreads() + " threads";
        return (blocked.threads() == 0 ? NOTHING : who) + (blocked.pending() ? ", pending" : "");
    }

    private static String registered(Disposition.Registered registered) {
        return lower(registered.asked())
                + registered.worker().map(name -> " " + name).orElse("")
                + registered.delivery().map(delivery -> ", " + where(delivery)).orElse("");
    }

    private static String where(Delivery delivery) {
        if (delivery instanceof Delivery.WithSender with) {
            return where(with.delivery()) + ", with sender";
        }
        if (delivery instanceof Delivery.Inline) {
            return "inline";
        }
        return delivery instanceof Delivery.OnExecutor ? "executor" : "own thread";
    }

    private static String last(SignalEvent event, long now) {
        double seconds = (now - event.arrivedAt()) / 1e9;
        return String.format(Locale.ROOT, "%s, %.1f s ago", cause(event), Math.max(0, seconds));
    }

    private static String cause(SignalEvent event) {
        if (event instanceof SignalEvent.Sent sent) {
            return sent.sender().toString();
        }
        if (event instanceof SignalEvent.Queued queued) {
            return queued.sender() + ", value " + queued.value();
        }
        if (event instanceof SignalEvent.ChildChanged child) {
            return "child pid " + child.pid();
        }
        return event instanceof SignalEvent.TimerExpired ? "a timer" : "the kernel";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String filled(String text) {
        return text.isEmpty() ? NOTHING : text;
    }

    private static String aligned(List<List<String>> rows) {
        int[] widths = new int[HEADING.size()];
        for (List<String> row : rows) {
            Arrays.setAll(
                    widths, column -> Math.max(widths[column], row.get(column).length()));
        }
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                line.append(printable(cell)).append(" ".repeat(widths[column] - cell.length() + 2));
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }

    /** A file may have any name. It must not add a line or control a terminal. */
    private static String printable(String cell) {
        return cell.replaceAll("[^ -~]", "?");
    }
}
