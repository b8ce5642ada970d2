/* The shutdown that a signal begins, with its deadline. */
#ifndef HELIOGRAPH_SHUTDOWN_H
#define HELIOGRAPH_SHUTDOWN_H

#include "heliograph_shutdown.h"
#include "instance.h"

/* In order; the phase only goes forward, except that a closed one may be opened again. */
enum phase {
  PHASE_CLOSED,
  PHASE_READY,
  PHASE_BEGUN, /* by the first signal: from here on the process ends, one way or another */
  PHASE_OVER,  /* the deadline is over, and a dump is asked for */
  PHASE_TOLD,  /* the dump is made, or could not be */
};

/* In the state, beside the phase: the waits of heliograph_shutdown_await_begin() and its like are over. */
#define WAITS_ENDED UINT32_C(0x10000)

/* How long it all may take, and how it is to end; by signal. */
struct shutdown_terms {
  _Atomic(int64_t) within_ns; /* 0: for ever */
  atomic_bool by_signal;
};

struct shutdown {
  /* The phase, from PHASE_BEGUN on the signal times 256, and perhaps WAITS_ENDED; a futex. */
  _Atomic(uint32_t) state;
  _Atomic(uint32_t) waiters;
  _Atomic(int64_t) arrived_ns[MAX_SIGNAL + 1]; /* of the first signal; CLOCK_MONOTONIC */
  struct shutdown_terms terms[MAX_SIGNAL + 1];
  pthread_mutex_t lock; /* of opening and closing; never taken by a handler */
  pthread_t watchdog;
};

extern struct shutdown heliograph_shutdown;

/* Bit n-1: the handler is to tell heliograph_shutdown_arrival() of signal n. */
extern _Atomic(uint64_t) heliograph_shutdown_signals;

/* Called from the handler too. */
static inline enum phase phase_of(uint32_t state) {
  return (enum phase)(state & 0xff);
}
static inline int signal_of(uint32_t state) {
  return (int)(state >> 8 & 0xff);
}

/*
 * Called from the handler, for an arrival of a signal in heliograph_shutdown_signals: the first begins the
 * shutdown, a second ends the process.
 */
void heliograph_shutdown_arrival(int signal);

/* Called from the handler. Ends the process as the terms of the signal say, now: no hook, no exit handler. */
_Noreturn void heliograph_shutdown_end(int signal);

/* Moves on to the next phase and wakes those who wait for it. */
void heliograph_shutdown_next(enum phase phase);

/* The state once its phase is not below `phase`, or closed; or what it is at that time (below 0: never). */
uint32_t heliograph_shutdown_await(enum phase phase, int64_t until_ns);

/* The thread that keeps the deadline; it ends when the shutdown is closed. 0 or -errno. */
int heliograph_watchdog_start(pthread_t *thread);

/* In the child of a fork, which has no watchdog: no signal begins anything. */
void heliograph_shutdown_forget(void);

#endif
