/* The phase of the shutdown, and what each signal asks of it. */
#ifndef HELIOGRAPH_DEADLINE_PHASE_H
#define HELIOGRAPH_DEADLINE_PHASE_H

#include "deadline/running_time.h"
#include "heliograph_deadline.h"
#include "signal/state.h"

#include <stdbool.h>

/* In order. The phase goes forward only, except that a closed one can be opened again. */
enum phase {
  PHASE_CLOSED,
  PHASE_READY,
  PHASE_HELD,  /* requested by a signal; the exit is held */
  PHASE_BEGUN, /* from here on the process ends */
  PHASE_OVER,  /* the deadline is over, and a report is asked for */
  PHASE_TOLD,  /* the report is written, or could not be */
};

/* In the state, beside the phase: heliograph_shutdown_end_waits(). */
#define WAITS_ENDED UINT32_C(0x10000)

/* Of one signal: struct heliograph_shutdown_terms. */
struct shutdown_terms {
  _Atomic(int64_t) within_ns;
  _Atomic(int64_t) hold_ns;
  _Atomic(int) status;
  atomic_bool by_signal;
  atomic_bool ignores_second;
  atomic_bool is_left_to_app;
};

struct shutdown {
  /* The phase; from PHASE_HELD on, 256 times the signal; perhaps WAITS_ENDED. A futex. */
  _Atomic(uint32_t) state;
  _Atomic(uint32_t) waiters;
  _Atomic(uint64_t) observed_seconds;          /* bit n-1: take_second() found signal n observed */
  _Atomic(int64_t) arrived_ns[MAX_SIGNAL + 1]; /* of the first request; CLOCK_MONOTONIC */
  _Atomic(int64_t) running_ns;                 /* since the first request; written by the watchdog */
  _Atomic(int) hold_end;                       /* enum heliograph_hold_end */
  /* The last request. Two handlers at once may mix theirs, which differ by microseconds. */
  _Atomic(int64_t) requested_ns;
  _Atomic(int) requested_by;
  atomic_bool requested_from_kernel;
  struct shutdown_terms terms[MAX_SIGNAL + 1];
};

extern struct shutdown heliograph_shutdown;

/* Async-signal-safe, both. */
static inline enum phase phase_of(uint32_t state) {
  return (enum phase)(state & 0xff);
}
static inline int signal_of(uint32_t state) {
  return (int)(state >> 8 & 0xff);
}

/* Moves from one phase to another, and wakes the threads that wait for it. False if it was not in the first.
 */
bool heliograph_shutdown_move(enum phase from, enum phase to);

/* Begins a shutdown that is held. False if none is. Async-signal-safe. */
bool heliograph_shutdown_end_hold(enum heliograph_hold_end end);

/*
 * Waits until the phase is reached or the shutdown is closed, until this time (CLOCK_MONOTONIC; below 0: for
 * ever), or until one of these bits is in the state. Returns the state.
 */
uint32_t heliograph_shutdown_await(enum phase phase, int64_t until_ns, uint32_t bits);

/* As above, until so much running time has passed (running_time.h). */
uint32_t heliograph_shutdown_await_running(enum phase phase, struct running_time *time, int64_t until_ns);

#endif
