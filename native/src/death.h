/* Death by a signal at the end of an orderly exit. */
#ifndef HELIOGRAPH_DEATH_H
#define HELIOGRAPH_DEATH_H

#include <stdatomic.h>

/* What heliograph_death_by() needs to have been done, once, before. 0 or -errno. */
int heliograph_death_prepare(void);

/* The signal that exit(3) is to end the process by; 0: by none. */
extern _Atomic(int) heliograph_signal_to_die_by;

/* As heliograph_die_by(). Async-signal-safe. */
static inline void heliograph_death_by(int signal) {
  atomic_store(&heliograph_signal_to_die_by, signal);
}

#endif
