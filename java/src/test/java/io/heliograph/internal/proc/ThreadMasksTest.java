package io.heliograph.internal.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadMasksTest {
    @TempDir
    Path tasks;

    @Test
    void threadsAreCountedAndTheirPendingSignalsAdded() throws IOException {
        thread("100", "a", "0000000000000000", "0000000000000000", "8000000000000201");
        thread("101", "SigBlk:\t\u00ff", "0000000000000001", "0000000000400000", "8000000000000000");
        Files.createDirectory(tasks.resolve("102")); // one that ended while it was looked at
        ThreadMasks masks = ThreadMasks.read(tasks, "100").orElseThrow();
        assertThat(masks.threads()).isEqualTo(2);
        assertThat(masks.blocking(64)).isEqualTo(2);
        assertThat(masks.blocking(10)).isEqualTo(1);
        assertThat(masks.blocking(1)).isEqualTo(1);
        assertThat(masks.blocking(2)).isZero();
        assertThat(masks.isBlockedInFirst(10)).isTrue();
        assertThat(masks.isBlockedInFirst(2)).isFalse();
        assertThat(masks.isPending(1)).isTrue();
        assertThat(masks.isPending(23)).isTrue();
        assertThat(masks.isPending(10)).isFalse();
    }

    @Test
    void withoutProcNothingIsKnown() {
        assertThat(ThreadMasks.read(tasks.resolve("none"), "1")).isEmpty();
        assertThat(ThreadMasks.read(tasks, "1")).isEmpty();
    }

    @Test
    void thisProcessHasThreads() {
        assertThat(ThreadMasks.read().orElseThrow().threads()).isPositive();
    }

    private void thread(String tid, String name, String pending, String shared, String blocked) throws IOException {
        Path folder = Files.createDirectory(tasks.resolve(tid));
        String status = "Name:\t" + name + "\nPid:\t" + tid + "\nSigPnd:\t" + pending + "\nShdPnd:\t" + shared
                + "\nSigBlk:\t" + blocked + "\nSigIgn:\tffffffffffffffff\n";
        Files.writeString(folder.resolve("status"), status, StandardCharsets.ISO_8859_1);
    }
}
