package io.heliograph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import org.junit.jupiter.api.Test;

/** The examples whose workers are threads. */
class ThreadsIT {
    @Test
    void daemonThreadsEndWithMain() {
        try (Child main = Example.start(DaemonThreads.class)) {
            main.out().await("^5 daemon threads work");
            main.ctrlC();
            assertThat(main.ended()).isEqualTo("exited 1");
            assertThat(main.err().all()).containsExactly("User aborted");
            assertThat(main.left()).isEmpty();
        }
    }

    @Test
    void theInterruptIsRaisedInsideOfARunningVirtualThreadWhereThereAreAny() {
        try (Child main = Example.start(GreenletsAsVirtualThreads.class)) {
            if (Runtime.version().feature() >= 21) {
                main.out().await("^\\[\\+] handler$");
                main.ctrlC();
                assertThat(main.ended()).isEqualTo("exited 0");
                assertThat(main.out().all()).endsWith("[-] main exit").containsOnlyOnce("[-] main exit");
                assertThat(main.err().all())
                        .containsSubsequence("io.heliograph.KeyboardInterrupt: INT", "\tat " + frameOfTheLoop());
            } else {
                assertThat(main.ended()).isEqualTo("exited 0");
                assertThat(main.out().all()).hasSize(1).first().asString().contains("irtual threads", "Java 21");
                assertThat(main.err().all()).isEmpty();
            }
            assertThat(main.left()).isEmpty();
        }
    }

    private static String frameOfTheLoop() {
        return GreenletsAsVirtualThreads.class.getName() + ".handler(GreenletsAsVirtualThreads.java:"
                + Example.line(GreenletsAsVirtualThreads.class, "while (true)") + ")";
    }
}
