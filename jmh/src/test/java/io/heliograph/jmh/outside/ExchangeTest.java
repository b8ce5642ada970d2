package io.heliograph.jmh.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the sender and the worker. */
class ExchangeTest {
    @TempDir
    Path folder;

    @Test
    void oneSideReadsTheStampsOfTheOther() throws IOException {
        Path file = folder.resolve("exchange");
        Exchange ours = Exchange.make(file, 3);
        Exchange theirs = Exchange.of(file);

        theirs.note(1_000);
        theirs.note(2_000);

        assertThat(ours.handled()).isEqualTo(2);
        assertThat(ours.latency(0)).isEqualTo(1_000);
        assertThat(ours.latency(1)).isEqualTo(2_000);
    }

    /** The sender follows native/bench/outside.h. */
    @Test
    void theLayoutIsThatOfTheHeader() throws IOException {
        Path file = folder.resolve("exchange");
        Exchange exchange = Exchange.make(file, 3);
        exchange.note(77);
        ByteBuffer bytes;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            bytes = channel.map(MapMode.READ_WRITE, 0, channel.size()).order(ByteOrder.nativeOrder());
        }

        assertThat(bytes.capacity()).isEqualTo(4096 + 2 * 3 * 8);
        assertThat(bytes.getLong(0)).isEqualTo(1);
        assertThat(bytes.getLong(4096)).as("sent").isZero();
        assertThat(bytes.getLong(4096 + 3 * 8)).as("handled").isEqualTo(77);
    }

    @Test
    void aSignalTooManyIsCountedAndOverwritesNothing() throws IOException {
        Exchange exchange = Exchange.make(folder.resolve("exchange"), 1);
        exchange.note(5);
        exchange.note(6);

        assertThat(exchange.handled()).isEqualTo(2);
        assertThat(exchange.latency(0)).isEqualTo(5);
    }
}
