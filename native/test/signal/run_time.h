/* A run-time that sets its own handlers by a function of its own, as HotSpot does by JVM_RegisterSignal. */
#ifndef HELIOGRAPH_TEST_RUN_TIME_H
#define HELIOGRAPH_TEST_RUN_TIME_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define DEFAULT 0
#define IGNORE 1
#define OWN 2
#define REFUSED (-1)
#define OTHER ((int64_t)(intptr_t)other_handler)

extern atomic_int own_calls; /* of the run-time's own handler */
extern atomic_int other_calls;
extern bool run_time_is_reduced; /* as by -Xrs */

void other_handler(int signal);

/* What it puts in place. */
struct sigaction run_time_action(void *handler);

void *run_time_register(int signal, void *handler);

#endif
