/* Another end of an orderly exit(128 + signal): death by the signal, or another status. */
#ifndef HELIOGRAPH_DEADLINE_EXIT_BY_SIGNAL_H
#define HELIOGRAPH_DEADLINE_EXIT_BY_SIGNAL_H

#include <stdatomic.h>
#include <stdbool.h>

/* Call it once before heliograph_exit_as(). 0 or -errno. */
int heliograph_exit_by_signal_prepare(void);

/* The signal of the exit(3) that ends otherwise, or 0; and its other status, below 0 for death by the signal.
 */
extern _Atomic(int) heliograph_exit_signal;
extern _Atomic(int) heliograph_exit_status;

/* From now on an exit(128 + signal) ends by the signal, or with the status if it is not below 0.
 * Async-signal-safe. */
static inline void heliograph_exit_as(int signal, bool by_signal, int status) {
  atomic_store(&heliograph_exit_status, by_signal ? -1 : status);
  atomic_store(&heliograph_exit_signal, by_signal || status >= 0 ? signal : 0);
}

#endif
