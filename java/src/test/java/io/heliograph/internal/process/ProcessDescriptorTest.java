package io.heliograph.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Signal;
import io.heliograph.internal.seam.NativeLibrary;
import io.heliograph.internal.seam.NativeProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signals go to the very process, and to nobody who has its pid. */
class ProcessDescriptorTest {
    @BeforeEach
    void library() {
        NativeLibrary.require();
    }

    /** As where a child's pid has been given to somebody else. */
    @Test
    void whoIsNoChildOfOursIsNotTold() {
        assertThat(NativeProcess.openProcess(1)).isEqualTo(NativeProcess.GONE);
        assertThat(NativeProcess.openProcess(
                        Math.toIntExact(ProcessHandle.current().pid())))
                .isEqualTo(NativeProcess.GONE);
    }

    @Test
    void aChildIsTold() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        ProcessDescriptor descriptor = new ProcessDescriptor(process);
        descriptor.force(); // which a sleep dies of: SYS
        assertThat(process.waitFor()).isEqualTo(128 + Signal.SYS.number());
        descriptor.close();
    }

    /** The JDK has taken its end, and does not say so yet. */
    @Test
    void whoIsJustGoneNeedNotBeTold() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        int pid = Math.toIntExact(process.pid());
        int descriptor = NativeProcess.openProcess(pid);
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(0);
        assertThat(NativeProcess.ask(descriptor, pid, Signal.TERM.number(), NativeProcess.WAKE, 0))
                .isZero();
        assertThat(NativeProcess.force(descriptor, pid)).isZero();
        NativeProcess.close(descriptor);
    }

    @Test
    void whoHasEndedIsToldNothing() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        ProcessDescriptor descriptor = new ProcessDescriptor(process);
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(0);
        descriptor.ask(Signal.TERM, NativeProcess.WAKE, 0);
        descriptor.force();
        descriptor.close();
        descriptor.close();
        descriptor.force();
    }
}
