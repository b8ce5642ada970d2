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

enum kind { TERM_KILLS, TERM_IS_BLOCKED, TERM_IS_CAUGHT };
enum order { FORK, EXIT, DIE /* of the TERM that it has been sent */ };

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

static void answer(int answers, pid_t pid) {
  CHECK_EQ(write(answers, &pid, sizeof pid), sizeof pid);
}

static void give_birth(int answers) {
  if (fork_surely() == 0) {
    block(SIGTERM);
    answer(answers, getpid());
    live();
  }
}

static void die(void) {
  set_handler(SIGTERM, SIG_DFL);
  unblock(SIGTERM);
}

static _Noreturn void obey(int orders, int answers) {
  enum order order;
  answer(answers, 0); /* ready */
  while (read(orders, &order, sizeof order) == sizeof order) {
    if (order == EXIT)
      _exit(0);
    if (order == DIE)
      die();
    if (order == FORK)
      give_birth(answers);
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

static struct member start(enum kind kind) {
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
    if (kind == TERM_IS_CAUGHT)
      set_handler(SIGTERM, nothing);
    if (kind == TERM_KILLS)
      unblock(SIGTERM);
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

static void end(struct telling *telling) {
  pid_t denied;
  if (telling != NULL)
    tree_free(&telling->tree);
  do
    (void)kill_tree(&denied);
  while (waitpid(-1, NULL, 0) > 0);
}

/* Not its taking. */
static void await_end(pid_t pid) {
  siginfo_t end;
  CHECK_OK(waitid(P_PID, (id_t)pid, &end, WEXITED | WNOWAIT));
}

static struct telling look(void) {
  struct telling telling = {.signal = SIGTERM};
  tree_look(&telling.tree, NULL);
  return telling;
}

static void check_told(pid_t pid) {
  CHECK(process_has_pending(pid, SIGTERM));
}

static void check_not_told(pid_t pid) {
  CHECK(!process_is_over(pid));
  CHECK(!process_has_pending(pid, SIGTERM));
}

CASE(who_is_forked_after_the_look_is_told) {
  begin();
  struct member member = start(TERM_KILLS);
  struct telling telling = look();
  pid_t late = order(&member, FORK);
  tell_rest(&telling);
  check_dies_by(member.pid, SIGTERM);
  check_told(late);
  end(&telling);
}

CASE(whom_one_has_left_behind_since_the_look_is_told) {
  begin();
  struct member member = start(TERM_KILLS);
  struct telling telling = look();
  pid_t late = order(&member, FORK);
  order(&member, EXIT);
  check_exits_with_0(member.pid);
  tell_rest(&telling);
  check_told(late);
  end(&telling);
}

/* The second may have been told by the first by then, and its child may be to clean up. */
CASE(whom_a_handler_may_have_started_is_not_told) {
  begin();
  struct member first = start(TERM_IS_CAUGHT);
  struct member second = start(TERM_IS_CAUGHT);
  struct member third = start(TERM_KILLS);
  struct telling telling = look();
  pid_t of_first = order(&first, FORK);
  pid_t of_second = order(&second, FORK);
  pid_t of_third = order(&third, FORK);
  tell_rest(&telling);
  check_told(of_first); /* nobody had been told before */
  check_not_told(of_second);
  check_dies_by(third.pid, SIGTERM);
  check_told(of_third); /* its parent can have answered in no other way */
  end(&telling);
}

CASE(who_has_ended_is_no_survivor) {
  begin();
  struct member first = start(TERM_IS_CAUGHT);
  struct member second = start(TERM_KILLS);
  struct telling telling = look();
  order(&first, EXIT);
  await_end(first.pid);
  pid_t late = order(&second, FORK);
  order(&second, EXIT);
  await_end(second.pid);
  tell_rest(&telling);
  check_told(late);
  end(&telling);
}

static pid_t leave_one_behind(const struct member *member) {
  pid_t late = order(member, FORK);
  order(member, DIE);
  check_dies_by(member->pid, SIGTERM);
  check_not_told(late);
  return late;
}

CASE(whom_one_that_dies_late_leaves_behind_is_told) {
  begin();
  struct member member = start(TERM_IS_BLOCKED);
  tell_tree(SIGTERM, false);
  pid_t late = leave_one_behind(&member);
  CHECK(!tell_may_have_missed(member.pid, SIGKILL)); /* not of what it was told */
  CHECK(tell_may_have_missed(member.pid, SIGTERM));
  CHECK(!tell_may_have_missed(late, SIGTERM));
  tell_missed();
  check_told(late);
  end(NULL);
}

/* Of the signal, once more, when it has cleaned up. */
CASE(whom_a_handler_leaves_behind_is_not_told) {
  begin();
  struct member member = start(TERM_IS_CAUGHT);
  tell_tree(SIGTERM, false);
  (void)leave_one_behind(&member);
  CHECK(!tell_may_have_missed(member.pid, SIGTERM));
  end(NULL);
}

CASE(while_others_survive_nobody_is_told_late) {
  begin();
  (void)start(TERM_IS_BLOCKED);
  struct member member = start(TERM_IS_BLOCKED);
  tell_tree(SIGTERM, false);
  (void)leave_one_behind(&member);
  CHECK(!tell_may_have_missed(member.pid, SIGTERM));
  end(NULL);
}

CASE(when_the_group_was_told_nobody_is_told_late) {
  begin();
  struct member member = start(TERM_IS_BLOCKED);
  CHECK_OK(setpgid(member.pid, member.pid));
  tell_tree(SIGTERM, true);
  (void)leave_one_behind(&member);
  CHECK(!tell_may_have_missed(member.pid, SIGTERM));
  end(NULL);
}

/* CONT ends nobody, so that whoever comes later may have been started by one who goes on. */
CASE(whom_one_that_goes_on_forks_is_not_told) {
  begin();
  struct member first = start(TERM_KILLS);
  struct member second = start(TERM_KILLS);
  struct telling telling = look();
  telling.signal = SIGCONT;
  pid_t of_first = order(&first, FORK);
  pid_t of_second = order(&second, FORK);
  tell_rest(&telling);
  CHECK(tree_has(&telling.tree, of_first));
  CHECK(!tree_has(&telling.tree, of_second));
  end(&telling);
}

/* The JVM that has started it asks it. */
CASE(a_supervisor_that_has_come_since_is_not_told) {
  pid_t pids[1];
  begin();
  open_status_pipe();
  struct member member = start(TERM_IS_BLOCKED);
  tell_tree(SIGTERM, false);
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, pids);
  pid_t late = leave_one_behind(&member);
  CHECK(tell_may_have_missed(member.pid, SIGTERM));
  tell_missed();
  check_told(late);
  force(&child, pids, 1);
  CHECK(!was_told_came(SIGTERM));
  end(NULL);
}

CASE(a_supervisor_is_no_survivor) {
  open_status_pipe();
  struct supervised child = SUPERVISE("sleep", "1000");
  expect_record(&child, SUPERVISOR_STARTED, 0);
  begin();
  struct member member = start(TERM_IS_BLOCKED);
  tell_tree(SIGTERM, false);
  expect_record(&child, SUPERVISOR_KILLED, SIGTERM);
  (void)leave_one_behind(&member);
  CHECK(tell_may_have_missed(member.pid, SIGTERM));
  end(NULL);
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
