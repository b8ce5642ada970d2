/* Killing all descendants, until there is none. */
#ifndef HELIOGRAPH_SUPERVISOR_FORCING_H
#define HELIOGRAPH_SUPERVISOR_FORCING_H

/* How long to wait before the next time, in milliseconds, where no child's end calls for one before. */
int forcing_patience_ms(void);

/*
 * Kills whoever is there. `denied` is called once, with the pid of one whom we may not kill: the JVM waits no
 * longer for that one then. For the others it does, unless they come again and again, as that one's children
 * may.
 */
void forcing_kill(void (*denied)(int pid));

#endif
