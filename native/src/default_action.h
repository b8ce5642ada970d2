/* What a signal does by default, and letting it happen. */
#ifndef HELIOGRAPH_DEFAULT_ACTION_H
#define HELIOGRAPH_DEFAULT_ACTION_H

#include <signal.h>
#include <stdbool.h>

/* Whether the default action ends or stops the process. Async-signal-safe. */
bool heliograph_default_acts(int signal);

/*
 * Lets the default action happen, of this very arrival where info is not NULL. Returns where the process
 * lived on: it was stopped and continued, or it is the init of a pid namespace, which no default action ends.
 * Async-signal-safe.
 */
void heliograph_default_now(int signal, siginfo_t *info);

#endif
