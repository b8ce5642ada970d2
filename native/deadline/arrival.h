/* What a signal does to the shutdown. All of arrival.c runs in the handler. */
#ifndef HELIOGRAPH_DEADLINE_ARRIVAL_H
#define HELIOGRAPH_DEADLINE_ARRIVAL_H

/* Begins the shutdown, or ends the process if one has begun. */
void heliograph_shutdown_arrival(int signal);

/* Ends the process now as the signal's terms say, without exit handlers. */
_Noreturn void heliograph_shutdown_end(int signal);

#endif
