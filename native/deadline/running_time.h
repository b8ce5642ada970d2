/* The time in which the process could run: without that for which it was stopped, frozen or suspended. */
#ifndef HELIOGRAPH_DEADLINE_RUNNING_TIME_H
#define HELIOGRAPH_DEADLINE_RUNNING_TIME_H

#include <stdint.h>

/*
 * A thread that measures it wakes up each tick. A longer gap between two looks counts as two ticks: the
 * process was stopped. So each stop counts for 200 ms at most, and a machine that runs no thread of the
 * process for longer gives that time too. CLOCK_MONOTONIC stands still while the machine is suspended
 * (clock_gettime(2)).
 */
#define TICK_NS INT64_C(100000000)

struct running_time {
  int64_t looked_ns; /* the last look; CLOCK_MONOTONIC */
  int64_t passed_ns;
};

/* Adds the time since the last look. */
static inline void heliograph_running_time_look(struct running_time *time, int64_t now_ns) {
  int64_t gap = now_ns - time->looked_ns;
  time->passed_ns += gap < 2 * TICK_NS ? gap : 2 * TICK_NS;
  time->looked_ns = now_ns;
}

#endif
