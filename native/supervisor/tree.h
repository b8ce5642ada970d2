/* The descendants of this process. */
#ifndef HELIOGRAPH_SUPERVISOR_TREE_H
#define HELIOGRAPH_SUPERVISOR_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct tree {
  pid_t *pids; /* parents before their children; each once */
  size_t count;
  size_t room;
};

/* Whether nobody below the process is looked for; NULL: everybody is. */
typedef bool tree_end(pid_t pid);

/*
 * Adds all descendants that are not in it yet. It is a look at what moves: who is forked meanwhile may be
 * missing. Where memory runs out, too.
 */
void tree_look(struct tree *tree, tree_end *is_end);

/* The two ways in which tree_look() does it: the second is for a kernel without CONFIG_PROC_CHILDREN, on
 * which the first answers false. */
bool tree_look_at_children(struct tree *tree, tree_end *is_end);
void tree_look_at_all(struct tree *tree, tree_end *is_end);

/* Adds that process's children, and nobody below them; on such a kernel, none. */
void tree_look_below(struct tree *tree, pid_t parent);

/* Where it is not in it yet. */
void tree_add(struct tree *tree, pid_t pid);

/* Whether it was in it. */
bool tree_remove(struct tree *tree, pid_t pid);
bool tree_has(const struct tree *tree, pid_t pid);
void tree_free(struct tree *tree);

#endif
