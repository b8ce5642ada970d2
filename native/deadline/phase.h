/* The phase of the shutdown, and what each signal asks of it. */
#ifndef HELIOGRAPH_DEADLINE_PHASE_H
#define HELIOGRAPH_DEADLINE_PHASE_H

#include "signal/state.h"

/* In order. The phase goes forward only, except that a closed one can be opened again. */
enum phase {
  PHASE_CLOSED,
  PHASE_READY,
  PHASE_BEGUN, /* by the first signal: from here on the process ends */
  PHASE_OVER,  /* the deadline is over, and a report is asked for */
  PHASE_TOLD,  /* the report is written, or could not be */
};

/* In the state, beside the phase: heliograph_shutdown_end_waits(). */
#define WAITS_ENDED UINT32_C(0x10000)

/* Of one signal. */
struct shutdown_terms {
  _Atomic(int64_t) within_ns; /* 0: without a deadline */
  atomic_bool by_signal;
};

struct shutdown {
  /* The phase; from PHASE_BEGUN on, 256 times the signal; perhaps WAITS_ENDED. A futex. */
  _Atomic(uint32_t) state;
  _Atomic(uint32_t) waiters;
  _Atomic(int64_t) arrived_ns[MAX_SIGNAL + 1]; /* of the first signal; CLOCK_MONOTONIC */
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

/* Moves on to this phase and wakes the threads that wait for it. */
void heliograph_shutdown_next(enum phase phase);

/*
 * Waits until the phase is reached or the shutdown is closed, until this time (CLOCK_MONOTONIC; below 0: for
 * ever), or until one of these bits is in the state. Returns the state.
 */
uint32_t heliograph_shutdown_await(enum phase phase, int64_t until_ns, uint32_t bits);

#endif
