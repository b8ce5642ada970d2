package io.heliograph.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@SuppressWarnings("UnnecessaryLambda") // what is compared is which of two objects it is
class TimedTasksTest {
    private final TimedTasks tasks = new TimedTasks();
    private final Runnable early = () -> {};
    private final Runnable late = () -> {};

    @Test
    void areDueInTheOrderOfTheirTimes() {
        tasks.add(20, late);
        tasks.add(10, early);
        assertThat(tasks.takeDue(9)).isNull();
        assertThat(tasks.nanosToFirst(9)).isEqualTo(1);
        assertThat(tasks.takeDue(25)).isSameAs(early);
        assertThat(tasks.takeDue(19)).isNull();
        assertThat(tasks.takeDue(20)).isSameAs(late);
        assertThat(tasks.takeDue(Long.MAX_VALUE)).isNull();
    }

    @Test
    void waitForEverWhereThereIsNone() {
        assertThat(tasks.nanosToFirst(5)).isZero();
        assertThat(tasks.takeAny()).isNull();
    }

    /** A wait of 0 would be one for ever. */
    @Test
    void whatIsOverdueIsNotWaitedForForEver() {
        tasks.add(10, early);
        assertThat(tasks.nanosToFirst(10)).isEqualTo(1);
        assertThat(tasks.nanosToFirst(1000)).isEqualTo(1);
    }

    /** System.nanoTime() may overflow. */
    @Test
    void timesAreComparedByTheirDifference() {
        tasks.add(Long.MIN_VALUE + 5, late);
        tasks.add(Long.MAX_VALUE - 5, early);
        assertThat(tasks.takeDue(Long.MAX_VALUE - 6)).isNull();
        assertThat(tasks.takeDue(Long.MAX_VALUE)).isSameAs(early);
        assertThat(tasks.nanosToFirst(Long.MAX_VALUE)).isEqualTo(6);
        assertThat(tasks.takeAny()).isSameAs(late);
    }
}
