/* What a signal does to the shutdown. All of arrival.c runs in the handler. */
#ifndef HELIOGRAPH_DEADLINE_ARRIVAL_H
#define HELIOGRAPH_DEADLINE_ARRIVAL_H

#include <signal.h>
#include <stdint.h>

/* Requests the shutdown; a second request ends a hold, or the process. Returns flags of the record. */
uint32_t heliograph_shutdown_arrival(int signal, const siginfo_t *info);

/* Ends the process now as the signal's terms say, without exit handlers. */
_Noreturn void heliograph_shutdown_end(int signal);

#endif
