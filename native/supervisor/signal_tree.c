#include "supervisor/signal_tree.h"

#include "supervisor/process.h"
#include "supervisor/protocol.h"
#include "supervisor/tree.h"

#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
  int signal;          /* what signal_tree() sent last; 0: nothing yet */
  struct tree tree;    /* the processes that were there before */
  struct tree orphans; /* our children at the last look */
  bool has_killed;     /* whether it has ended a child since */
  bool has_not_killed; /* whether a child has ended otherwise since */
} last;

/* The group's signals reach this process, too, which blocks all of them. These it cannot block, or obeys. */
static bool is_for_members_alone(int signal) {
  return signal == SIGKILL || signal == SIGSTOP || signal == SUPERVISOR_FORCE;
}

static void send(const struct tree *tree, int signal, bool owns_group) {
  bool to_group = owns_group && !is_for_members_alone(signal);
  if (to_group)
    (void)kill(0, signal);
  for (size_t i = 0; i < tree->count; i++)
    if (!to_group || getpgid(tree->pids[i]) != getpgrp())
      (void)tree_signal(tree, tree->pids[i], signal); /* it may have ended, or be another user's by now */
}

void signal_tree(int signal, bool owns_group) {
  struct tree tree = {.leaves_out = process_is_supervisor};
  tree_look(&tree);
  send(&tree, signal, owns_group);
  tree_free(&last.tree);
  last.signal = signal;
  last.tree = tree;
}

/* A process whose STOP is pending is not stopped yet, and CONT discards the STOP (signal(7)). So all get it.
 */
void continue_tree(bool owns_group) {
  struct tree tree = {.leaves_out = process_is_supervisor};
  tree_look(&tree);
  send(&tree, SIGCONT, owns_group);
  tree_free(&tree);
}

void note_end(int death_signal) {
  if (death_signal == last.signal)
    last.has_killed = true;
  else
    last.has_not_killed = true;
}

/* The kernel does not say whose child an orphan was. So this is sure only if no child has ended otherwise. */
static void look_at_orphans(bool is_sure) {
  struct tree orphans = {.leaves_out = process_is_supervisor};
  siginfo_t ended = {.si_pid = 0};
  tree_add_children(&orphans);
  (void)waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT); /* during the look */
  for (size_t i = 0; i < orphans.count && is_sure && ended.si_pid == 0; i++)
    if (!tree_has(&last.tree, orphans.pids[i]) && !tree_has(&last.orphans, orphans.pids[i]))
      (void)tree_signal(&orphans, orphans.pids[i], last.signal);
  tree_free(&last.orphans);
  last.orphans = orphans;
}

void signal_orphans(void) {
  if (last.signal != 0 && (last.has_killed || last.has_not_killed))
    look_at_orphans(!last.has_not_killed);
  last.has_killed = false;
  last.has_not_killed = false;
}
