/*
 * The supervisors above: NAMESPACE:PID of each, with commas between, the outermost first. A pid means
 * something in its pid namespace alone (pid_namespaces(7)).
 */
#ifndef HELIOGRAPH_SUPERVISOR_ABOVE_H
#define HELIOGRAPH_SUPERVISOR_ABOVE_H

#include <stdbool.h>
#include <sys/types.h>

/* Whether a signal of this sender came from one of them. One in a namespace outside has no pid here: 0. */
bool above_has(const char *above, pid_t sender);

/* The list with this one at its end, to be freed; NULL where memory runs out. */
char *above_with(const char *above, pid_t supervisor);

#endif
