package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Disposition.Asked;
import io.heliograph.Disposition.Blocked;
import io.heliograph.Disposition.By;
import io.heliograph.Disposition.Kind;
import io.heliograph.Disposition.Layer;
import io.heliograph.Disposition.Registered;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DispositionTableTest {
    private static final long NOW = 100_000_000_000L;
    private static final Ledger.Counts NONE = new Ledger.Counts(0, 0, 0);
    private static final Layer DEFAULT = layer(Kind.DEFAULT, By.NOBODY, null, null);
    private static final Optional<Blocked> FREE = Optional.of(new Blocked(0, 20, false, false));

    @Test
    void aHeadingAndALineASignalInColumns() {
        Disposition term = new Disposition(
                Signal.TERM,
                Kind.CAUGHT,
                true,
                Optional.of("/x/libheliograph.so"),
                List.of(
                        layer(Kind.CAUGHT, By.HELIOGRAPH, "/x/libheliograph.so", null),
                        layer(Kind.CAUGHT, By.HOTSPOT, "/j/libjvm.so", "java.lang.Terminator$1")),
                List.of(
                        registered(Asked.OBSERVE, "a.Worker", Delivery.inline()),
                        registered(Asked.CATCH, "a.Other", Delivery.ownThread()),
                        registered(Asked.CATCH, "a.Third", Delivery.on(Runnable::run))),
                FREE,
                new Ledger.Counts(7, 5, 2),
                Optional.of(new SignalEvent.Queued(Signal.TERM, NOW - 1_500_000_000L, 1, Sender.of(4242, 1000), -3)));
        assertThat(DispositionTable.of(List.of(bare(Signal.HUP, FREE), term), NOW))
                .isEqualTo("""
                SIGNAL  NO  NOW      BY          BENEATH                             BLOCKED  ARRIVED  DISPATCHED  LOST  \
                REGISTERED                                                                    LAST
                HUP     1   default  -           -                                   -        -        -           -     \
                -                                                                             -
                TERM    15  caught   Heliograph  HotSpot for java.lang.Terminator$1  -        7        5           2     \
                observe a.Worker, inline; catch a.Other, own thread; catch a.Third, executor  pid 4242, uid 1000, value -3, 1.5 s ago
                """);
    }

    @Test
    void untouchedRealTimeSignalsShareALine() {
        Disposition touched = new Disposition(
                Signal.realTime(3),
                Kind.DEFAULT,
                false,
                Optional.empty(),
                List.of(DEFAULT),
                List.of(),
                Optional.of(new Blocked(20, 20, true, true)),
                NONE,
                Optional.empty());
        List<Disposition> all = List.of(
                bare(Signal.URG, FREE),
                bare(Signal.realTime(0), FREE),
                bare(Signal.realTime(1), FREE),
                bare(Signal.realTime(2), FREE),
                touched,
                bare(Signal.realTime(4), FREE));
        assertThat(DispositionTable.of(all, NOW).lines().map(line -> line.replaceAll(" {2,}", "|")))
                .containsExactly(
                        "SIGNAL|NO|NOW|BY|BENEATH|BLOCKED|ARRIVED|DISPATCHED|LOST|REGISTERED|LAST",
                        "URG|23|default|-|-|-|-|-|-|-|-",
                        "RTMIN to RTMIN+2|34-36|default|-|-|-|-|-|-|-|-",
                        "RTMIN+3|37|default|-|-|all threads, pending|-|-|-|-|-",
                        "RTMIN+4|38|default|-|-|-|-|-|-|-|-");
    }

    @Test
    void layersAreNamedFromTheTop() {
        assertThat(cells(
                        layer(Kind.CAUGHT, By.LIBRARY, "/a/b\n\u001b[31mlib.so", null),
                        layer(Kind.CAUGHT, By.HELIOGRAPH, null, null),
                        layer(Kind.IGNORED, By.UNKNOWN, null, null)))
                .startsWith("USR1|10|caught|b??[31mlib.so|Heliograph, above ignored|?|");
        assertThat(cells(layer(Kind.IGNORED, By.HELIOGRAPH, null, null), DEFAULT))
                .startsWith("USR1|10|ignored|Heliograph|default|?|");
        assertThat(cells(layer(Kind.CAUGHT, By.JAVA, "/j/libjvm.so", "com.example.App")))
                .startsWith("USR1|10|caught|com.example.App|-|?|");
        assertThat(cells(layer(Kind.CAUGHT, By.UNKNOWN, null, null))).startsWith("USR1|10|caught|code of no file|-|?|");
        assertThat(cells(layer(Kind.IGNORED, By.UNKNOWN, null, null))).startsWith("USR1|10|ignored|not known|-|?|");
    }

    private static String cells(Layer... layers) {
        Disposition disposition = new Disposition(
                Signal.USR1,
                layers[0].kind(),
                false,
                layers[0].library(),
                List.of(layers),
                List.of(),
                Optional.empty(),
                NONE,
                Optional.empty());
        return DispositionTable.of(List.of(disposition), NOW)
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .replaceAll(" {2,}", "|");
    }

    private static Disposition bare(Signal signal, Optional<Blocked> blocked) {
        return new Disposition(
                signal,
                Kind.DEFAULT,
                false,
                Optional.empty(),
                List.of(DEFAULT),
                List.of(),
                blocked,
                NONE,
                Optional.empty());
    }

    private static Layer layer(Kind kind, By by, String library, String javaClass) {
        return new Layer(kind, by, Optional.ofNullable(library), Optional.ofNullable(javaClass));
    }

    private static Registered registered(Asked asked, String worker, Delivery delivery) {
        return new Registered(asked, Optional.of(worker), Optional.of(delivery));
    }
}
