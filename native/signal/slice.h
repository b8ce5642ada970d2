/* The scheduler's time slice of a thread: sched(7), "EEVDF". */
#ifndef HELIOGRAPH_SIGNAL_SLICE_H
#define HELIOGRAPH_SIGNAL_SLICE_H

#include <stdbool.h>
#include <sys/types.h>

/* Gives a thread (0: the calling one) a short slice, or the usual one. 0 or -errno. */
int heliograph_slice_of_thread(pid_t thread, bool is_short);

#endif
