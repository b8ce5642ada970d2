#include "tell.h"

#include "process.h"

#include <errno.h>
#include <sched.h>
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

/* By signal(7). */
static bool is_ignored_by_default(int signal) {
  return signal == SIGCHLD || signal == SIGCONT || signal == SIGURG || signal == SIGWINCH;
}

static struct answer answer_of(pid_t pid, int signal) {
  if (is_ignored_by_default(signal)) /* whatever he does, he goes on */
    return (struct answer){.is_handled = true};
  return process_answer(pid, signal);
}

static bool starts_nobody(const struct answer *answer) {
  return answer->is_over || answer->is_dying ||
         (answer->is_stopped && !answer->is_blocked && !answer->is_handled);
}

/* So often in a telling, at some 10 µs each. Who does not show it by then counts as a survivor. */
enum { MOST_ASKED_AGAIN = 10000 };

/*
 * When it has been told. Who runs, though the signal is not blocked, is about to take it, or has just done
 * so: that it dies of it shows soon, or that it comes from sigwait(3).
 */
static struct answer settled_answer_of(struct telling *telling, pid_t pid) {
  struct answer answer = answer_of(pid, telling->signal);
  while (!starts_nobody(&answer) && answer.is_running && !answer.is_blocked && !answer.is_handled &&
         telling->asked_again < MOST_ASKED_AGAIN) {
    telling->asked_again++;
    sched_yield();
    answer = answer_of(pid, telling->signal);
  }
  return answer;
}

/* Supervisors not: each is asked by its JVM, or ends its tree when that is gone. */
static void add_found(struct tree *tree, struct tree *found) {
  for (size_t i = 0; i < found->count; i++)
    if (!tree_has(tree, found->pids[i]) && !is_supervisor(found->pids[i]))
      tree_add(tree, found->pids[i]);
  tree_free(found);
}

static void look_again_below(struct tree *tree, pid_t parent) {
  struct tree children = {0};
  tree_look_below(&children, parent);
  add_found(tree, &children);
}

/* From ourselves down: who was told long ago may be gone, and his pid another one's. */
static bool look_again(struct tree *tree) {
  struct tree all = {0};
  size_t known = tree->count;
  tree_look(&all, is_supervisor);
  add_found(tree, &all);
  return tree->count > known;
}

static bool some_survive(const struct telling *telling) {
  return telling->survivors > 0 || telling->forking.count > 0;
}

/* Shells block signals around a fork. Who slept with it unblocked before may have awaited it (sigwait(3)). */
static bool may_be_forking(const struct answer *before, const struct answer *after) {
  return (before->is_blocked || before->is_running) && after->is_blocked && !before->is_handled &&
         !after->is_handled;
}

/*
 * Its children once more, right before. They are meant while nobody survives who could have started one in
 * answer to the signal, and where it starts none itself, since it dies of it. Whoever handles it now does not
 * always still do so when it has answered.
 */
static void tell_next(struct telling *telling) {
  struct tree *tree = &telling->tree;
  pid_t pid = tree->pids[telling->told++];
  size_t known = tree->count;
  if (telling->group_was_told && getpgid(pid) == getpgrp())
    return;
  struct answer before = answer_of(pid, telling->signal);
  if (before.is_over)
    return;
  if (!some_survive(telling) || !before.is_handled)
    look_again_below(tree, pid);
  bool is_told = tell_one(tree, pid, telling->signal) == 0; /* or it has ended, or become another user's */
  struct answer after = settled_answer_of(telling, pid);
  if (is_told && !before.is_handled && starts_nobody(&after))
    return;
  if (some_survive(telling))
    tree->count = known;
  if (!is_told || is_supervisor(pid)) /* which starts nobody */
    return;
  if (may_be_forking(&before, &after))
    tree_add(&telling->forking, pid);
  else
    telling->survivors++;
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
  } while (!some_survive(telling) && ++looks <= MOST_LOOKS && look_again(&telling->tree));
}

static struct telling begin(int signal, bool group_was_told) {
  struct telling telling = {.signal = signal, .group_was_told = group_was_told};
  telling.survivors = group_was_told ? 1 : 0; /* who has had time to start others */
  look_well(&telling.tree, group_was_told ? is_supervisor_of_group : NULL);
  tell_supervisors_first(&telling.tree);
  return telling;
}

static void end(struct telling *telling) {
  tree_free(&telling->tree);
  tree_free(&telling->forking);
}

static struct telling last;

void tell_tree(int signal, bool group_was_told) {
  end(&last);
  last = begin(signal, group_was_told);
  tell_rest(&last);
}

/* A parent that dies of the signal in wait(2) may first take the end of a child that has died of it. */
static void drop_gone(struct tree *forking) {
  for (size_t i = forking->count; i > 0; i--)
    if (process_parent(forking->pids[i - 1]) == 0)
      tree_remove(forking, forking->pids[i - 1]);
}

bool tell_may_have_missed(pid_t dead, int signal) {
  if (tree_remove(&last.forking, dead) && signal != last.signal)
    last.survivors++; /* it has answered in another way than to die of it */
  if (signal != last.signal || !tree_has(&last.tree, dead))
    return false;
  drop_gone(&last.forking);
  return !some_survive(&last);
}

void tell_missed(void) {
  tell_rest(&last);
}

/* To all: one whose STOP is on its way is not stopped yet, and CONT takes that back (signal(7)). */
void wake_tree(void) {
  struct telling telling = begin(SIGCONT, false);
  tell_rest(&telling);
  end(&telling);
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
