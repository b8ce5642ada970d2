package io.heliograph.jmh.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared was measured as often, and on the same. */
final class PlanTest {
    private static Workplace workplace(Effort effort) {
        return new Workplace(Path.of("."), Path.of("."), effort);
    }

    @ParameterizedTest
    @EnumSource
    void allContendersOfAQuestionHaveTheSameRounds(Effort effort) {
        TreeMap<String, Set<Integer>> rounds = new TreeMap<>();
        for (Cell cell : Plan.cells(workplace(effort), note -> {})) {
            rounds.computeIfAbsent(cell.question(), any -> new TreeSet<>()).add(cell.rounds(effort));
        }
        assertThat(rounds)
                .isNotEmpty()
                .allSatisfy((question, of) -> assertThat(of).hasSize(1));
    }

    @Test
    void whateverSunMiscIsAskedHeliographIsAsked() {
        TreeMap<String, Set<String>> asked = new TreeMap<>();
        for (Cell cell : Plan.cells(workplace(Effort.NORMAL), note -> {})) {
            String who = cell.contender().equals("sun.misc") ? "theirs " : "";
            if (!cell.contender().startsWith("c-") && !cell.contender().equals("nothing")) {
                asked.computeIfAbsent(who + cell.question(), any -> new TreeSet<>())
                        .add(cell.parameters().toString());
            }
        }
        assertThat(asked).containsKey("theirs fan-out").containsKey("theirs catching");
        asked.forEach((question, of) -> {
            if (question.startsWith("theirs ")) {
                assertThat(asked.get(question.substring("theirs ".length()))).containsAll(of);
            }
        });
    }
}
