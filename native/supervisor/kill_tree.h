/* Kills all descendants, until none is left. */
#ifndef HELIOGRAPH_SUPERVISOR_KILL_TREE_H
#define HELIOGRAPH_SUPERVISOR_KILL_TREE_H

#include <sys/types.h>

/*
 * Kills the descendants that there are. To be called again until there is no child: see waitid(2), ECHILD.
 *
 * Returns 0; or once the pid of a process that we may not kill, since a setuid program has made it another
 * user's. That is when the others are gone, or after a second or so if new ones keep coming.
 */
pid_t kill_tree(void);

/* When to call it again, in milliseconds, if no child's end calls for that earlier. */
int kill_tree_patience_ms(void);

#endif
