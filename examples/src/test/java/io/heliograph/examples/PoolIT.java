package io.heliograph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pool of the second essay. */
class PoolIT {
    @ParameterizedTest
    @ValueSource(strings = {"threads", "processes"})
    void onePressEndsThreeTasksAndThreeNeverStart(String kind) {
        try (Child pool = Example.start(PoolEndsAtOnce.class, kind)) {
            pool.out().await("^\\[\\+] handler$", 3);
            pool.ctrlC();
            assertThat(pool.ended()).isEqualTo("exited 0");
            assertThat(pool.out().all())
                    .containsExactly(
                            "[+] handler",
                            "[+] handler",
                            "[+] handler",
                            "[-] handler exit",
                            "[-] handler exit",
                            "[-] handler exit",
                            "[-] main exit");
            assertThat(pool.err().all()).isEmpty();
            assertThat(pool.left()).isEmpty();
        }
    }

    @Test
    void theSamePoolWithADeafJoinNeedsAPressForEachBatch() {
        try (Child group = Example.start(PoolEndsAtOnce.class, "processes")) {
            assertThat(presses(group)).isEqualTo(1);
        }
        try (Child deaf = ChildJvm.jvm()
                .classPath(ChildJvm.jar(), Example.classes(), System.getProperty("heliograph.testclasses"))
                .startOnTerminal(DeafPool.class.getName())) {
            assertThat(presses(deaf)).isEqualTo(2);
            assertThat(deaf.out().all()).filteredOn("[-] handler exit"::equals).hasSize(6);
            assertThat(deaf.out().all()).endsWith("[-] main exit");
        }
    }

    /** How often Ctrl-C must be pressed until it has ended, once each time that three tasks are at work. */
    private static int presses(Child pool) {
        int presses = 0;
        String next;
        do {
            pool.out().await("^\\[\\+] handler$", 3 * presses + 3);
            pool.ctrlC();
            presses++;
            next = pool.out()
                    .await("^\\[\\+] handler$|^\\[-] main exit$", 3 * presses + 1)
                    .group();
        } while (!next.equals("[-] main exit"));
        assertThat(pool.ended()).isEqualTo("exited 0");
        assertThat(pool.left()).isEmpty();
        return presses;
    }
}
