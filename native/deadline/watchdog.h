/* The thread that keeps the deadline. */
#ifndef HELIOGRAPH_DEADLINE_WATCHDOG_H
#define HELIOGRAPH_DEADLINE_WATCHDOG_H

#include <pthread.h>

/* Starts it; it ends when the shutdown is closed. 0 or -errno. */
int heliograph_watchdog_start(pthread_t *thread);

#endif
