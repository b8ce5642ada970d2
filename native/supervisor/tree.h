/* The descendants of this process. */
#ifndef HELIOGRAPH_SUPERVISOR_TREE_H
#define HELIOGRAPH_SUPERVISOR_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* All zero is an empty one. */
struct tree {
  pid_t *pids; /* parents before their children; each once */
  size_t count;
  size_t room;
  bool (*leaves_out)(pid_t pid); /* a process for which it is true is left out, with all below; NULL: none */
};

/*
 * Adds all descendants that are not in the tree yet. A process that is forked meanwhile may be missing, and
 * so may some if memory runs out.
 */
void tree_look(struct tree *tree);

/* The two ways in which tree_look() works. The second is for a kernel without CONFIG_PROC_CHILDREN, on which
 * the first returns false. */
bool tree_look_at_children(struct tree *tree);
void tree_look_at_all(struct tree *tree);

/* Adds this process's children alone. Adds none on such a kernel. */
void tree_add_children(struct tree *tree);

/* Adds the process if it is not in the tree yet. */
void tree_add(struct tree *tree, pid_t pid);

bool tree_has(const struct tree *tree, pid_t pid);
void tree_free(struct tree *tree);

/*
 * Sends a signal to a process of the tree. Returns 0 or -errno; -ESRCH if the pid is another process's by
 * now.
 */
int tree_signal(const struct tree *tree, pid_t pid, int signal);

#endif
