/*
 * The handler. All code of this folder may run inside it. The deadline has another one, for the second
 * request (deadline/arrival.c).
 */
#ifndef HELIOGRAPH_SIGNAL_HANDLER_HANDLER_H
#define HELIOGRAPH_SIGNAL_HANDLER_HANDLER_H

#include <signal.h>

/* Its address also tells our disposition from another's. */
void heliograph_on_signal(int signal, siginfo_t *info, void *context);

/*
 * The signal that this thread sends to itself for what lies beneath us alone, or 0. A handler may touch a
 * thread-local variable: CMakeLists.txt says why.
 */
extern _Thread_local int heliograph_passed_on;

#endif
