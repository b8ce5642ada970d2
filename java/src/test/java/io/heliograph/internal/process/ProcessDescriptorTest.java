package io.heliograph.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Signal;
import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.jni.NativeProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signals go to the very process, and to no other one that has its pid. */
class ProcessDescriptorTest {
    @BeforeEach
    void library() {
        NativeLibrary.require();
    }

    /** As if a child's pid had been given to another process. */
    @Test
    void aProcessThatIsNoChildReceivesNothing() {
        assertThat(NativeProcess.openProcess(1)).isEqualTo(NativeProcess.GONE);
        assertThat(NativeProcess.openProcess(
                        Math.toIntExact(ProcessHandle.current().pid())))
                .isEqualTo(NativeProcess.GONE);
    }

    @Test
    void aChildReceivesASignal() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        ProcessDescriptor descriptor = new ProcessDescriptor(process);
        descriptor.force(); // which a sleep dies of: SYS
        assertThat(process.waitFor()).isEqualTo(128 + Signal.SYS.number());
        descriptor.close();
    }

    /** The JDK has waited for it, and does not say so yet. */
    @Test
    void aProcessThatIsJustGoneNeedsNoSignal() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        int pid = Math.toIntExact(process.pid());
        int descriptor = NativeProcess.openProcess(pid);
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(0);
        assertThat(NativeProcess.order(descriptor, pid, Signal.TERM.number(), NativeProcess.WAKE))
                .isZero();
        assertThat(NativeProcess.force(descriptor, pid)).isZero();
        NativeProcess.close(descriptor);
    }

    @Test
    void aProcessThatHasEndedReceivesNothing() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        ProcessDescriptor descriptor = new ProcessDescriptor(process);
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(0);
        descriptor.order(Signal.TERM, NativeProcess.WAKE);
        descriptor.force();
        descriptor.close();
        descriptor.close();
        descriptor.force();
    }
}
