/* libc's own sigaction(2), whatever has been preloaded above it. */
#ifndef HELIOGRAPH_LIBC_SIGACTION_H
#define HELIOGRAPH_LIBC_SIGACTION_H

#include <signal.h>

/* To be called once before the first use, outside any handler: dlsym() is not async-signal-safe. */
void heliograph_libc_sigaction_init(void);

/* As sigaction(2): 0, or -1 and errno. Async-signal-safe after the init. */
int heliograph_libc_sigaction(int signal, const struct sigaction *action, struct sigaction *old);

#endif
