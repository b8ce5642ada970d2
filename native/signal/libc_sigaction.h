/* The C library's own sigaction(2), whatever is preloaded above it. */
#ifndef HELIOGRAPH_SIGNAL_LIBC_SIGACTION_H
#define HELIOGRAPH_SIGNAL_LIBC_SIGACTION_H

#include <signal.h>

/* Call it once before the first use, outside any handler: dlsym() is not async-signal-safe. */
void heliograph_libc_sigaction_init(void);

/*
 * As sigaction(2): 0, or -1 and errno. Async-signal-safe after the init.
 *
 * Three files change dispositions with it: signal/standing.c, under state.lock;
 * signal/handler/default_action.c, which sets SIG_DFL for a moment; and deadline/arrival.c, in the handler,
 * when a shutdown begins. A run-time's own registration changes them too, in signal/stay_on_top.c.
 */
int heliograph_libc_sigaction(int signal, const struct sigaction *action, struct sigaction *old);

#endif
