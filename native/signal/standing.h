/* The disposition that the kernel has of a signal. */
#ifndef HELIOGRAPH_SIGNAL_STANDING_H
#define HELIOGRAPH_SIGNAL_STANDING_H

#include <signal.h>

/*
 * Reads or changes it: 0 or -errno, under state.lock. `old` gets the disposition before the change. Both wait
 * for a handler that has set our disposition aside (heliograph_default_now()). That handler puts ours back,
 * over what was set meanwhile; so the change is made again then.
 */
int heliograph_get_standing(int signal, struct sigaction *standing);
int heliograph_set_standing(int signal, const struct sigaction *action, struct sigaction *old);

#endif
