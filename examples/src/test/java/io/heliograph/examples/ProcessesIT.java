package io.heliograph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples whose workers are processes. */
class ProcessesIT {
    private static final List<String> TREE =
            List.of("main", "main.1", "main.2", "main.1.1", "main.1.2", "main.2.1", "main.2.2");

    @Test
    void oneCtrlCIsAnInterruptInEachProcessAndMainCleansUpLast() {
        try (Child main = Example.start(KeyboardInterruptInProcesses.class)) {
            for (int i = 0; i < 4; i++) {
                main.out().await("^starting thread:  " + i + "$");
                main.out().await("^" + i + "$");
            }
            main.ctrlC();
            assertThat(main.ended()).isEqualTo("exited 0");
            List<String> lines = main.out().all().stream()
                    .filter(line -> !line.matches("[0-3]|starting thread:  [0-3]"))
                    .toList();
            for (int i = 0; i < 4; i++) {
                assertThat(lines)
                        .containsOnlyOnce("Keyboard interrupt in process:  " + i, "cleaning up thread " + i)
                        .containsSubsequence("Keyboard interrupt in process:  " + i, "cleaning up thread " + i);
            }
            assertThat(lines).hasSize(10).endsWith("Keyboard interrupt in main", "Cleaning up Main");
            assertThat(main.err().all()).isEmpty();
            assertThat(main.left()).isEmpty();
        }
    }

    /** When it is told to: the five seconds may be too short for a machine on which a JVM takes long to start. */
    @Test
    void aTerminatedWorkerEndsInOrder() {
        try (Child byException = Example.start(TerminateByException.class, "enter");
                Child byFlag = Example.start(TerminateByFlag.class, "enter")) {
            for (Child main : List.of(byException, byFlag)) {
                main.out().await("^The worker works.$");
                main.tell("");
                assertThat(main.ended()).as("as its worker").isEqualTo("exited 0");
                assertThat(main.out().all())
                        .containsExactly("The worker works.", "Capture terminate signal.", "Exit the process.");
                assertThat(main.err().all()).isEmpty();
                assertThat(main.left()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {TerminateByException.class, TerminateByFlag.class})
    void theWorkersBindingIsNotItsParents(Class<?> example) {
        try (Child main = Example.start(example, "enter")) {
            main.out().await("^The worker works.$");
            Child.run("kill", "-s", "TERM", String.valueOf(main.pid()));
            assertThat(main.ended()).isEqualTo("exited 143");
            // The worker is not left behind: it was terminated in its turn.
            assertThat(main.out().all())
                    .containsExactly("The worker works.", "Capture terminate signal.", "Exit the process.");
            assertThat(main.err().all()).isEmpty();
            assertThat(main.left()).isEmpty();
        }
    }

    @Test
    void aChildReactsAsItsParentWhereTheBindingWasHandedToIt() {
        try (Child main = Example.start(InheritedBinding.class)) {
            String with = main.out()
                    .await("^Process (\\d+) is the child with the binding.$")
                    .group(1);
            main.out().await("^Process (\\d+) is the child without the binding.$");
            main.out().await("Ctrl-C, then Enter.$");
            main.ctrlC();
            main.out().await("^Received: 2 in process " + main.pid() + "$");
            main.out().await("^Received: 2 in process " + with + "$");
            main.type("\n");
            assertThat(main.ended()).isEqualTo("exited 0");
            assertThat(main.out().all())
                    .hasSize(8)
                    .endsWith("The child with the binding: works", "The child without: Exited[status=130]");
            assertThat(main.err().all()).isEmpty();
            assertThat(main.left()).isEmpty();
        }
    }

    @Test
    void aSignalThatAProcessSentGoesDownTheTreeAndReachesEachProcessOnce() {
        try (Child main = startTree()) {
            Child.run("kill", "-s", "INT", String.valueOf(main.pid()));
            checkEachReceivedItOnce(main);
            assertThat(main.out().all()).contains("main received INT: Sent");
        }
    }

    @Test
    void theTerminalsSignalGoesDownTheTreeAndReachesEachProcessOnce() {
        try (Child main = startTree()) {
            main.ctrlC();
            checkEachReceivedItOnce(main);
            assertThat(main.out().all()).contains("main received INT: FromKernel");
        }
    }

    private static Child startTree() {
        Child main = Example.start(DownTheTree.class);
        TREE.forEach(name -> main.out().await("^" + name.replace(".", "[.]") + " works, process \\d+$"));
        return main;
    }

    private static void checkEachReceivedItOnce(Child main) {
        assertThat(main.ended()).isEqualTo("exited 0");
        Map<String, Long> received = main.out().all().stream()
                .filter(line -> line.contains(" received "))
                .collect(Collectors.groupingBy(line -> line.split(" ", 2)[0], Collectors.counting()));
        assertThat(received).isEqualTo(TREE.stream().collect(Collectors.toMap(Function.identity(), name -> 1L)));
        for (String name : TREE) {
            assertThat(main.out().all()).containsOnlyOnce(name + " ends");
        }
        // Those above end after those below.
        assertThat(main.out().all()).endsWith("main ends");
        assertThat(main.out().all()).containsSubsequence("main.1.1 ends", "main.1 ends", "main ends");
        assertThat(main.out().all()).containsSubsequence("main.2.2 ends", "main.2 ends", "main ends");
        assertThat(main.err().all()).isEmpty();
        assertThat(main.left()).isEmpty();
    }
}
