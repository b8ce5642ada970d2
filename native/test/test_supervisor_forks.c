/* Who is forked while a supervisor tells a tree. Here the test is the supervisor, but in the last case. */
#include "../supervisor/process.h"
#include "../supervisor/tell.h"
#include "supervised.h"
#include "support.h"
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum order { FORK, EXIT, DIE };

/* A process that does what it is told to. Each ends with this one. */
struct member {
  pid_t pid;
  int orders;
  int answers;
};

static int life[2];

/* What it has been sent stays pending, so that it can be seen. */
static _Noreturn void live(void) {
  char none;
  (void)!read(life[0], &none, 1);
  _exit(0);
}

static pid_t fork_surely(void) {
  pid_t child = fork();
  CHECK_OK(child);
  return child;
}

static pid_t give_birth(void) {
  pid_t child = fork_surely();
  if (child == 0)
    live();
  return child;
}

static void answer(int answers, pid_t pid) {
  CHECK_EQ(write(answers, &pid, sizeof pid), sizeof pid);
}

static _Noreturn void obey(int orders, int answers) {
  enum order order;
  answer(answers, 0); /* ready */
  while (read(orders, &order, sizeof order) == sizeof order) {
    if (order == EXIT)
      _exit(0);
    if (order == DIE)
      unblock(SIGTERM);
    if (order == FORK)
      answer(answers, give_birth());
  }
  _exit(0);
}

static void nothing(int signal) {
  (void)signal;
}

static pid_t next_answer(const struct member *member) {
  pid_t pid;
  CHECK_EQ(read(member->answers, &pid, sizeof pid), sizeof pid);
  return pid;
}

static struct member start(void (*on_term)(int)) {
  struct member member;
  int orders[2];
  int answers[2];
  CHECK_OK(pipe2(orders, O_CLOEXEC));
  CHECK_OK(pipe2(answers, O_CLOEXEC));
  member.pid = fork_surely();
  member.orders = orders[1];
  member.answers = answers[0];
  if (member.pid == 0) {
    close(life[1]);
    close(orders[1]);
    set_handler(SIGTERM, on_term);
    obey(orders[0], answers[1]);
  }
  close(orders[0]);
  close(answers[1]);
  (void)next_answer(&member);
  return member;
}

static pid_t order(const struct member *member, enum order what) {
  CHECK_EQ(write(member->orders, &what, sizeof what), sizeof what);
  return what == FORK ? next_answer(member) : 0;
}

static void begin(void) {
  CHECK_OK(prctl(PR_SET_CHILD_SUBREAPER, 1));
  CHECK_OK(pipe2(life, O_CLOEXEC));
  block(SIGTERM);
}

static void end(void) {
  pid_t denied;
  do
    (void)kill_tree(&denied);
  while (waitpid(-1, NULL, 0) > 0);
}

CASE(who_is_forked_after_the_look_is_told) {
  begin();
  struct member member = start(SIG_DFL);
  struct telling telling = {.signal = SIGTERM};
  tree_look(&telling.tree, NULL);
  pid_t late = order(&member, FORK);
  tell_rest(&telling);
  CHECK(process_has_pending(member.pid, SIGTERM));
  CHECK(process_has_pending(late, SIGTERM));
  tree_free(&telling.tree);
  end();
}

CASE(whom_one_has_left_behind_since_the_look_is_told) {
  begin();
  struct member member = start(SIG_DFL);
  struct telling telling = {.signal = SIGTERM};
  tree_look(&telling.tree, NULL);
  pid_t late = order(&member, FORK);
  order(&member, EXIT);
  CHECK_EQ(waitpid(member.pid, NULL, 0), member.pid);
  tell_rest(&telling);
  CHECK(process_has_pending(late, SIGTERM));
  tree_free(&telling.tree);
  end();
}

/* The second may have been told by the first by then, and its child may be to clean up. */
CASE(whom_a_handler_may_have_started_is_not_told) {
  begin();
  struct member first = start(nothing);
  struct member second = start(nothing);
  struct member third = start(SIG_DFL);
  struct telling telling = {.signal = SIGTERM};
  tree_look(&telling.tree, NULL);
  pid_t of_first = order(&first, FORK);
  pid_t of_second = order(&second, FORK);
  pid_t of_third = order(&third, FORK);
  tell_rest(&telling);
  CHECK(process_has_pending(second.pid, SIGTERM));
  CHECK(process_has_pending(of_first, SIGTERM)); /* nobody had been told before */
  CHECK(!process_has_pending(of_second, SIGTERM));
  CHECK(process_has_pending(of_third, SIGTERM)); /* dies of it, and has started nobody to clean up */
  tree_free(&telling.tree);
  end();
}

static pid_t leave_one_behind(const struct member *member) {
  pid_t late = order(member, FORK);
  order(member, DIE);
  check_dies_by(member->pid, SIGTERM);
  return late;
}

CASE(whom_one_that_dies_late_leaves_behind_is_told) {
  begin();
  struct member member = start(SIG_DFL);
  tell_tree(SIGTERM, false);
  pid_t late = leave_one_behind(&member);
  CHECK(!process_has_pending(late, SIGTERM));
  tell_left_by(member.pid, SIGKILL); /* not of what it was told */
  CHECK(!process_has_pending(late, SIGTERM));
  tell_left_by(member.pid, SIGTERM);
  CHECK(process_has_pending(late, SIGTERM));
  end();
}

CASE(while_somebody_lives_on_nobody_is_told_late) {
  begin();
  (void)start(nothing);
  struct member member = start(SIG_DFL);
  tell_tree(SIGTERM, false);
  pid_t late = leave_one_behind(&member);
  tell_left_by(member.pid, SIGTERM);
  CHECK(!process_has_pending(late, SIGTERM));
  end();
}

/* The JVM that has started it asks it. */
CASE(a_supervisor_that_has_come_since_is_not_told) {
  pid_t pids[1];
  begin();
  open_status_pipe();
  struct member member = start(SIG_DFL);
  tell_tree(SIGTERM, false);
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, pids);
  pid_t late = leave_one_behind(&member);
  tell_left_by(member.pid, SIGTERM);
  CHECK(process_has_pending(late, SIGTERM));
  force(&child, pids, 1);
  CHECK(!was_told_came(SIGTERM));
  end();
}

CASE(a_look_below_one_is_the_same_whichever_way) {
  begin();
  struct member member = start(SIG_DFL);
  pid_t child = order(&member, FORK);
  struct tree by_children = {0};
  struct tree by_all = {0};
  tree_look_below(&by_children, member.pid);
  tree_look_below_at_all(&by_all, member.pid);
  CHECK_EQ(by_children.count, 1);
  CHECK_EQ(by_all.count, 1);
  CHECK_EQ(by_children.pids[0], child);
  CHECK_EQ(by_all.pids[0], child);
  tree_free(&by_children);
  tree_free(&by_all);
  end();
}

CASE(a_supervisor_tells_whom_the_dead_have_left_behind) {
  pid_t pids[2];
  char line[64];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "late", 1, pids);
  ask_tree(&child, SIGTERM);
  CHECK(next_line(&child, line, sizeof line));
  pids[1] = (pid_t)strtol(line + 5, NULL, 10);
  expect_record(&child, SUPERVISOR_KILLED, SIGTERM);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_dies_by(child.supervisor, SIGTERM);
  expect_gone(pids, 2);
}
