/* The last words: see heliograph_report.h. */
#ifndef HELIOGRAPH_DEADLINE_REPORT_H
#define HELIOGRAPH_DEADLINE_REPORT_H

#include "heliograph_report.h"

#include <stdatomic.h>
#include <stdbool.h>

/* How the process ended, or what else has ended the report. */
enum report_end {
  REPORT_NO_END,
  REPORT_IN_ORDER, /* exit(3) */
  REPORT_CUT_OFF,  /* at the deadline, or at a second request */
  REPORT_CLOSED,   /* heliograph_report_close() */
};

struct report_time {
  _Atomic(int64_t) at_ns; /* CLOCK_REALTIME; 0: not yet */
  _Atomic(int) signal;
};

/* What a signal handler may write, and the report's thread reads. */
struct report_state {
  struct report_time steps[HELIOGRAPH_REPORT_STEPS];
  _Atomic(int64_t) ended_at_ns;
  _Atomic(uint32_t) end;     /* enum report_end, set last */
  _Atomic(int) exit_status;  /* if the process ended with one; below 0: unknown */
  _Atomic(int) death_signal; /* the signal that it died from; else 0 */
};

/* Of the process, and the same from the first write to the last. */
struct report_process {
  int64_t began_ns;
  int pid;
  bool json;
};

struct report {
  struct report_state state;
  struct report_process process; /* written before the thread starts */
  _Atomic(int) process_id;       /* of the process that keeps the report; 0: none does */
  _Atomic(uint32_t) asked;       /* a futex: one more at each wish for a write */
  _Atomic(uint32_t) written;     /* a futex: what `asked` was before the last write began */
};

extern struct report heliograph_report;

/*
 * Writes how the process ended, and waits for that: half a second at most, because a file system may hang. A
 * later end takes the place of an earlier one. Async-signal-safe.
 */
void heliograph_report_end(enum report_end end, int exit_status, int death_signal);

/* Waits for the write that was asked for so, half a second at most. False if the time was over before. */
bool heliograph_report_await(uint32_t asked);

/* The file's text, of HELIOGRAPH_REPORT_BYTES at most. Returns its length. */
size_t heliograph_report_compose(const struct report_process *process, const struct report_state *state,
                                 const char *body, size_t body_length, char *text);

/* CLOCK_REALTIME. Async-signal-safe. */
int64_t heliograph_report_clock(void);

#endif
