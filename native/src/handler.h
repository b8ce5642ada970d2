/* The handler's room: every function in handler.c runs inside a signal handler. */
#ifndef HELIOGRAPH_HANDLER_H
#define HELIOGRAPH_HANDLER_H

#include "instance.h"

/* The one handler. Its address is also how we tell our own disposition from another's. */
void heliograph_on_signal(int signal, siginfo_t *info, void *context);

/*
 * Writes a record that only wakes the reader. Async-signal-safe; also called outside handlers. The caller is
 * counted in some slot's `writers`, which keeps the pipe open.
 */
void heliograph_write_wake_up(void);

#endif
