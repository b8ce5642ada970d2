/* Death by a signal at the end of an orderly exit. */
#ifndef HELIOGRAPH_DEADLINE_EXIT_BY_SIGNAL_H
#define HELIOGRAPH_DEADLINE_EXIT_BY_SIGNAL_H

#include <stdatomic.h>

/* Call it once before heliograph_exit_by(). 0 or -errno. */
int heliograph_exit_by_signal_prepare(void);

/* The signal that exit(3) ends the process by, or 0. */
extern _Atomic(int) heliograph_exit_signal;

/* As heliograph_die_by(). Async-signal-safe. */
static inline void heliograph_exit_by(int signal) {
  atomic_store(&heliograph_exit_signal, signal);
}

#endif
