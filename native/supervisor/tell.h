/* Signals to all descendants. */
#ifndef HELIOGRAPH_SUPERVISOR_TELL_H
#define HELIOGRAPH_SUPERVISOR_TELL_H

#include "tree.h"

#include <stdbool.h>
#include <sys/types.h>

/* One signal to the whole tree. */
struct telling {
  struct tree tree; /* whom it is for */
  size_t told;      /* of them, the first ones */
  int signal;
  bool group_was_told;
  int asked_again;     /* whether one survives */
  int survivors;       /* of those who have been told; whom they start from then on it is not for */
  struct tree forking; /* they seem to survive as well, but may die when they unblock the signal */
};

/* The name of a supervisor's process, as /proc has it: 15 letters are all that there is room for. */
#define SUPERVISOR_NAME "heliograph-sup"

/*
 * Sends the signal once to each descendant that there is, supervisors first, then parents; not to members of
 * this process's own group where they have been told, nor to whom supervisors among these then tell.
 */
void tell_tree(int signal, bool group_was_told);

/*
 * To be called with the end of each child, and the signal that it has died of, or 0. Whether it had been told
 * that by tell_tree() the last time, so that others may have been forked that were not. tell_missed() tells
 * these.
 */
bool tell_may_have_missed(pid_t dead, int signal);
void tell_missed(void);

/* What tell_tree() does when it has looked: tells who has not been told yet, and who is forked meanwhile. */
void tell_rest(struct telling *telling);

/* Puts the tree into the order in which it is told. */
void tell_supervisors_first(struct tree *tree);

/* Lets all descendants go on, those that are about to stop, too: sends CONT. */
void wake_tree(void);

/* Sends a signal to one of the tree, if that is who the pid belongs to; -errno. */
int tell_one(const struct tree *tree, pid_t pid, int signal);

/*
 * Kills all descendants that there are. To be called again until there is no child: see waitid(2), ECHILD.
 * `denied` is then the pid of one whom we may not kill, for a program that is setuid has made him another
 * user's; 0: none. Whether there are others, who have not ended yet.
 */
bool kill_tree(pid_t *denied);

#endif
