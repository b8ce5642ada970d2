package io.heliograph.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Signal;
import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.jni.NativeProcess;
import java.io.BufferedReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signals go to the very process, and to no other one that has its pid. */
class ProcessDescriptorTest {
    private static final int NO_DESCRIPTOR = -1;

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

    /** Where only the pid can serve, it is that of a child, or the signal is not sent. */
    @Test
    void aPidThatIsNoChildsReceivesNothing() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; wait $!; [ $? = 137 ]").start();
        try (BufferedReader said = shell.inputReader()) {
            int pid = Integer.parseInt(said.readLine());
            assertThat(NativeProcess.force(NO_DESCRIPTOR, pid)).isZero();
            assertThat(NativeProcess.order(NO_DESCRIPTOR, pid, Signal.TERM.number(), 0))
                    .isZero();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            assertThat(shell.waitFor()).isZero();
        }
    }

    @Test
    void aChildReceivesASignalByItsPid() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        assertThat(NativeProcess.force(NO_DESCRIPTOR, Math.toIntExact(process.pid())))
                .isZero();
        assertThat(process.waitFor()).isEqualTo(128 + Signal.SYS.number());
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
