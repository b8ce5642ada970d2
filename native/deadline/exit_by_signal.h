/* Another end of an orderly exit(128 + signal): death by the signal, or another status. */
#ifndef HELIOGRAPH_DEADLINE_EXIT_BY_SIGNAL_H
#define HELIOGRAPH_DEADLINE_EXIT_BY_SIGNAL_H

#include "signal/state.h"

#include <stdatomic.h>
#include <stdbool.h>

/* Whether the C library tells the status of an exit(3). Otherwise heliograph_will_exit() does. */
bool heliograph_knows_exit_status(void);

/* Call it once before heliograph_exit_as(). 0 or -errno. */
int heliograph_exit_by_signal_prepare(void);

/* Bit n-1: an exit(128 + n) ends otherwise. With this status; below 0: by signal n. */
extern _Atomic(uint64_t) heliograph_exit_signals;
extern _Atomic(int) heliograph_exit_status;

/* From now on an exit(128 + signal) ends by the signal, or with the status if it is not below 0.
 * Async-signal-safe. */
static inline void heliograph_exit_as(int signal, bool by_signal, int status) {
  atomic_store(&heliograph_exit_status, by_signal ? -1 : status);
  atomic_store(&heliograph_exit_signals, by_signal || status >= 0 ? signal_bit(signal) : 0);
}

/* Of two signals that come together, HotSpot exits for the one with the lower number. Async-signal-safe. */
static inline void heliograph_exit_as_well(int signal) {
  if (atomic_load(&heliograph_exit_signals) != 0)
    atomic_fetch_or(&heliograph_exit_signals, signal_bit(signal));
}

#endif
