/* The clock that stamps arrivals. */
#ifndef HELIOGRAPH_SIGNAL_CLOCK_H
#define HELIOGRAPH_SIGNAL_CLOCK_H

#include <stdint.h>
#include <time.h>

/* CLOCK_MONOTONIC, which System.nanoTime() reads too. Async-signal-safe. */
static inline int64_t heliograph_now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

#endif
