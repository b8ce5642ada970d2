#include "tell.h"

#include "process.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A thread that ends hands its children to another one, which may have been looked at already. */
static void look_well(struct tree *tree, tree_end *is_end) {
  size_t before;
  int looks = 0;
  do {
    before = tree->count;
    tree_look(tree, is_end);
  } while (tree->count > before && ++looks < 4);
}

static bool is_supervisor(pid_t pid) {
  char path[64];
  char name[32] = "";
  (void)snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
  FILE *file = fopen(path, "re");
  if (file == NULL)
    return false;
  bool is_read = fgets(name, sizeof name, file) != NULL;
  (void)fclose(file);
  return is_read && strcmp(name, SUPERVISOR_NAME "\n") == 0;
}

/*
 * A JVM of the group has been told, as we have, and asks its own supervisors, this one among them: who is
 * below is theirs to tell.
 */
static bool is_supervisor_of_group(pid_t pid) {
  return getpgid(pid) == getpgrp() && is_supervisor(pid);
}

/*
 * Whether it is neither a child of ours nor of one of them: it has been given the pid of one that is gone.
 * Of whom /proc shows nothing (proc(5), hidepid) it is not known; we may not signal such a one either.
 */
static bool is_stranger(const struct tree *tree, pid_t pid) {
  pid_t parent = process_parent(pid);
  return parent != 0 && parent != getpid() && !tree_has(tree, parent);
}

/*
 * A pid is somebody else's after its process's own parent has taken its end, which can be at any time. So the
 * process is held first (pidfd_open(2)), and looked at then. A kernel before 5.3 has the look alone.
 */
int tell_one(const struct tree *tree, pid_t pid, int signal) {
  int fd = (int)syscall(SYS_pidfd_open, pid, 0);
  bool is_gone = fd < 0 && errno == ESRCH;
  int result = -1;
  if (is_gone || is_stranger(tree, pid))
    errno = ESRCH;
  else if (fd >= 0)
    result = (int)syscall(SYS_pidfd_send_signal, fd, signal, NULL, 0);
  else
    result = kill(pid, signal);
  result = result == 0 ? 0 : -errno;
  if (fd >= 0)
    close(fd);
  return result;
}

/* When its JVM asks, a supervisor must have been told, to know that the others are. */
void tell_supervisors_first(struct tree *tree) {
  size_t first = 0;
  for (size_t i = 0; i < tree->count; i++) {
    pid_t pid = tree->pids[i];
    if (is_supervisor(pid)) {
      memmove(&tree->pids[first + 1], &tree->pids[first], (i - first) * sizeof pid);
      tree->pids[first++] = pid;
    }
  }
}

/* Whether the default action neither ends nor stops anybody (signal(7)). */
static bool is_ignored_by_default(int signal) {
  return signal == SIGCHLD || signal == SIGCONT || signal == SIGURG || signal == SIGWINCH;
}

static bool may_outlive(pid_t pid, int signal) {
  return is_ignored_by_default(signal) || process_may_outlive(pid, signal);
}

/* Supervisors not: each is asked by its JVM, or ends its tree when that is gone. */
static void drop_supervisors(struct tree *tree, size_t from) {
  size_t kept = from;
  for (size_t i = from; i < tree->count; i++)
    if (!is_supervisor(tree->pids[i]))
      tree->pids[kept++] = tree->pids[i];
  tree->count = kept;
}

static void look_again_below(struct tree *tree, pid_t parent) {
  size_t known = tree->count;
  tree_look_below(tree, parent);
  drop_supervisors(tree, known);
}

static bool look_again(struct tree *tree) {
  size_t known = tree->count;
  tree_look(tree, is_supervisor);
  drop_supervisors(tree, known);
  return tree->count > known;
}

/*
 * Its children once more, right before: while nobody may have started one in answer to the signal, and where
 * it can have started none itself, since it will die of it. Whether it survives is asked right after, for it
 * may be about to set its handler.
 */
static void tell_next(struct telling *telling) {
  pid_t pid = telling->tree.pids[telling->told++];
  if (telling->group_was_told && getpgid(pid) == getpgrp())
    return;
  bool was_over = process_is_over(pid); /* such a one still has its handlers in /proc */
  if (!was_over && (telling->survivors == 0 || !may_outlive(pid, telling->signal)))
    look_again_below(&telling->tree, pid);
  bool is_told = tell_one(&telling->tree, pid, telling->signal) == 0; /* or it is another user's by now */
  if (!is_told || was_over || !may_outlive(pid, telling->signal) || is_supervisor(pid))
    return; /* a supervisor starts nobody */
  telling->survivors++;
  telling->blocking = process_has_default_action(pid, telling->signal) ? pid : 0;
}

/* At most so often: one who forks and ends all the time can always have done so since the last look. */
enum { MOST_LOOKS = 4 };

/*
 * Not all of a tree can be looked at, or told, at one moment. While nobody survives the signal, nobody can
 * have been forked to clean up, so that whoever is there is meant; later, the children of the dying are.
 */
void tell_rest(struct telling *telling) {
  int looks = 0;
  do {
    while (telling->told < telling->tree.count)
      tell_next(telling);
  } while (telling->survivors == 0 && ++looks <= MOST_LOOKS && look_again(&telling->tree));
}

static struct telling begin(int signal, bool group_was_told) {
  struct telling telling = {.signal = signal, .group_was_told = group_was_told};
  telling.survivors = group_was_told ? 1 : 0; /* who has had time to start others */
  look_well(&telling.tree, group_was_told ? is_supervisor_of_group : NULL);
  tell_supervisors_first(&telling.tree);
  return telling;
}

static struct telling last;

void tell_tree(int signal, bool group_was_told) {
  tree_free(&last.tree);
  last = begin(signal, group_was_told);
  tell_rest(&last);
}

/*
 * A shell that blocks signals while it forks can do so when it has been told, and dies then. It looked like a
 * survivor.
 */
bool tell_may_have_missed(pid_t dead, int signal) {
  if (signal != last.signal || !tree_has(&last.tree, dead))
    return false;
  if (last.survivors == 1 && last.blocking == dead)
    last.survivors = 0;
  return last.survivors == 0;
}

void tell_missed(void) {
  tell_rest(&last);
}

/* To all: one whose STOP is on its way is not stopped yet, and CONT takes that back (signal(7)). */
void wake_tree(void) {
  struct telling telling = begin(SIGCONT, false);
  tell_rest(&telling);
  tree_free(&telling.tree);
}

/* Who has been killed forks no more, so each look finds only what was forked during the last one. */
bool kill_tree(pid_t *denied) {
  struct tree tree = {0};
  size_t killed = 0;
  bool others = false;
  *denied = 0;
  do {
    for (; killed < tree.count; killed++) {
      pid_t pid = tree.pids[killed];
      if (tell_one(&tree, pid, SIGKILL) == -EPERM)
        *denied = pid;
      else
        others |= !process_is_over(pid);
    }
    tree_look(&tree, NULL);
  } while (tree.count > killed);
  tree_free(&tree);
  return others;
}
