/*
 * What others than the JVM have sent to this process, and so, most likely, to its whole group, the JVM among
 * it. Who is told of an end can then wait for what may have been its cause: a signal for a group is pending
 * here before the end of a member by it can be seen.
 */
#ifndef HELIOGRAPH_SUPERVISOR_CAME_H
#define HELIOGRAPH_SUPERVISOR_CAME_H

/* It has been taken. */
void came_note(int signal);

/* Tells, each once, what has been taken, and what is pending. */
void came_tell(void (*tell)(int signal));

#endif
