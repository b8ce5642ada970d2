/* What a signal does by default, and how to let it happen. Async-signal-safe. */
#ifndef HELIOGRAPH_SIGNAL_HANDLER_DEFAULT_ACTION_H
#define HELIOGRAPH_SIGNAL_HANDLER_DEFAULT_ACTION_H

#include <signal.h>
#include <stdbool.h>

/* Whether the default action ends or stops the process. */
bool heliograph_default_acts(int signal);

/*
 * Lets the default action happen, with this arrival's siginfo unless info is NULL. Returns if the process
 * lives on: it was stopped and continued, or it is the init of a pid namespace, which no default action ends.
 * The kernel has SIG_DFL meanwhile, and then the former disposition: see signal/standing.h.
 */
void heliograph_default_now(int signal, siginfo_t *info);

/*
 * The same, in a process for which heliograph_is_in_child() is true: writes nothing into memory that it may
 * share with the parent. If it shares the parent's dispositions as well (clone(2), CLONE_SIGHAND), it cannot
 * change them: KILL or STOP does the action then.
 */
void heliograph_default_now_in_child(int signal, siginfo_t *info);

#endif
