/* Signals to the process group, and to the descendants that have left it. */
#ifndef HELIOGRAPH_SUPERVISOR_SIGNAL_TREE_H
#define HELIOGRAPH_SUPERVISOR_SIGNAL_TREE_H

#include <stdbool.h>

/*
 * Sends the signal once to each descendant. A supervisor among them is left out with all below: its own JVM
 * receives the signal, and passes it on.
 *
 * `owns_group`: no process but descendants and this one is in this process's group.
 */
void signal_tree(int signal, bool owns_group);

/* Continues all descendants, also those that are about to stop. */
void continue_tree(bool owns_group);

/* A child has ended: by this signal, or 0. */
void note_end(int death_signal);

/*
 * To be called when all ended children have been waited for. If they died from what signal_tree() sent last,
 * this sends it to the processes that they have left us and that were not there then.
 *
 * A shell blocks signals while it forks. A process that it forks in that moment is not in the group yet when
 * the kernel signals the group, and the shell dies from the signal afterwards. But a process that a handler
 * has started to clean up, and left behind, does not receive the signal.
 */
void signal_orphans(void);

#endif
