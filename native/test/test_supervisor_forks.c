/* Who is forked while a supervisor tells a tree. Here the test is the supervisor, but in the last case. */
#include "../supervisor/process.h"
#include "../supervisor/tell.h"
#include "member.h"
#include "supervised.h"
#include "support.h"
#include "test.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Not its taking. */
static void await_end(pid_t pid) {
  siginfo_t end;
  CHECK_OK(waitid(P_PID, (id_t)pid, &end, WEXITED | WNOWAIT));
}

static void end(struct telling *telling) {
  if (telling != NULL) {
    tree_free(&telling->tree);
    tree_free(&telling->forking);
  }
  end_members();
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
  begin_members();
  struct member member = start_member(TERM_KILLS);
  struct telling telling = look();
  pid_t late = order(&member, FORK);
  tell_rest(&telling);
  check_dies_by(member.pid, SIGTERM);
  check_told(late);
  end(&telling);
}

CASE(whom_one_has_left_behind_since_the_look_is_told) {
  begin_members();
  struct member member = start_member(TERM_KILLS);
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
  begin_members();
  struct member first = start_member(TERM_IS_CAUGHT);
  struct member second = start_member(TERM_IS_CAUGHT);
  struct member third = start_member(TERM_KILLS);
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
  begin_members();
  struct member first = start_member(TERM_IS_CAUGHT);
  struct member second = start_member(TERM_KILLS);
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

/* It looks like one that the signal kills. */
CASE(who_waits_for_the_signal_is_a_survivor) {
  begin_members();
  struct member member = start_member(TERM_IS_BLOCKED);
  order(&member, AWAIT);
  struct telling telling = look();
  tell_rest(&telling);
  CHECK_EQ(telling.survivors, 1);
  CHECK_EQ(telling.forking.count, 0);
  (void)next_answer(&member); /* it has taken it */
  end(&telling);
}

/* As above: its child may be to clean up. */
CASE(whom_one_that_waits_for_the_signal_may_have_started_is_not_told) {
  begin_members();
  (void)start_member(TERM_IS_CAUGHT);
  struct member second = start_member(TERM_IS_BLOCKED);
  struct telling telling = look();
  pid_t of_second = order(&second, FORK);
  order(&second, AWAIT);
  tell_rest(&telling);
  (void)next_answer(&second); /* it has taken it */
  check_not_told(of_second);
  end(&telling);
}

/* By then it has no handler any more. */
CASE(who_handles_the_signal_once_is_a_survivor) {
  begin_members();
  (void)start_member(TERM_IS_CAUGHT_ONCE);
  struct telling telling = look();
  tell_rest(&telling);
  CHECK_EQ(telling.survivors, 1);
  CHECK_EQ(telling.forking.count, 0);
  end(&telling);
}

CASE(whom_the_signal_kills_is_no_survivor) {
  begin_members();
  struct member first = start_member(TERM_KILLS);
  struct member second = start_member(TERM_KILLS);
  struct telling telling = look();
  CHECK_OK(kill(second.pid, SIGSTOP));
  CHECK_OK(waitid(P_PID, (id_t)second.pid, &(siginfo_t){0}, WSTOPPED));
  tell_rest(&telling);
  CHECK_EQ(telling.survivors, 0);
  check_dies_by(first.pid, SIGTERM);
  CHECK(!process_is_over(second.pid)); /* it dies when it goes on */
  end(&telling);
}

static _Noreturn void *outlive(void *unused) {
  (void)unused;
  live_as_member();
}

/* Its state is that of its first thread, a zombie's. */
CASE_NOT_UNDER_TSAN(whose_first_thread_has_ended_is_not_over) {
  begin_members();
  pid_t pid = fork();
  CHECK_OK(pid);
  if (pid == 0) {
    pthread_t thread;
    CHECK_OK(-pthread_create(&thread, NULL, outlive, NULL));
    syscall(SYS_exit, 0);
  }
  while (!process_is_over(pid))
    sched_yield();
  CHECK(!process_answer(pid, SIGTERM).is_over);
  end(NULL);
}

static pid_t leave_one_behind(const struct member *member) {
  pid_t late = order(member, FORK);
  order(member, DIE);
  check_dies_by(member->pid, SIGTERM);
  check_not_told(late);
  return late;
}

CASE(whom_one_that_dies_late_leaves_behind_is_told) {
  begin_members();
  struct member member = start_member(TERM_IS_BLOCKED);
  tell_tree(SIGTERM, false);
  pid_t late = leave_one_behind(&member);
  CHECK(tell_may_have_missed(member.pid, SIGTERM));
  CHECK(!tell_may_have_missed(member.pid, SIGKILL)); /* not of what it was told */
  CHECK(!tell_may_have_missed(late, SIGTERM));
  tell_missed();
  check_told(late);
  end(NULL);
}

/* Of the signal, once more, when it has cleaned up. */
CASE(whom_a_handler_leaves_behind_is_not_told) {
  begin_members();
  struct member member = start_member(TERM_IS_CAUGHT);
  tell_tree(SIGTERM, false);
  (void)leave_one_behind(&member);
  CHECK(!tell_may_have_missed(member.pid, SIGTERM));
  end(NULL);
}

CASE(while_others_survive_nobody_is_told_late) {
  begin_members();
  (void)start_member(TERM_IS_CAUGHT);
  struct member member = start_member(TERM_IS_BLOCKED);
  tell_tree(SIGTERM, false);
  (void)leave_one_behind(&member);
  CHECK(!tell_may_have_missed(member.pid, SIGTERM));
  end(NULL);
}

/* The first one's end can have been taken by a parent that died of the signal as well. */
CASE(when_all_have_died_late_whom_they_leave_behind_is_told) {
  begin_members();
  struct member first = start_member(TERM_IS_BLOCKED);
  struct member second = start_member(TERM_IS_BLOCKED);
  tell_tree(SIGTERM, false);
  pid_t of_first = leave_one_behind(&first);
  pid_t of_second = leave_one_behind(&second);
  CHECK(tell_may_have_missed(second.pid, SIGTERM));
  tell_missed();
  check_told(of_first);
  check_told(of_second);
  end(NULL);
}

CASE(who_blocked_the_signal_and_died_otherwise_is_a_survivor) {
  begin_members();
  struct member first = start_member(TERM_IS_BLOCKED);
  struct member second = start_member(TERM_IS_BLOCKED);
  struct member third = start_member(TERM_IS_BLOCKED);
  tell_tree(SIGTERM, false);
  (void)leave_one_behind(&first);
  CHECK(!tell_may_have_missed(first.pid, SIGTERM)); /* so the others are as yet */
  order(&second, EXIT);
  check_exits_with_0(second.pid);
  CHECK(!tell_may_have_missed(second.pid, 0));
  (void)leave_one_behind(&third);
  CHECK(!tell_may_have_missed(third.pid, SIGTERM));
  end(NULL);
}

CASE(when_the_group_was_told_nobody_is_told_late) {
  begin_members();
  struct member member = start_member(TERM_IS_BLOCKED);
  CHECK_OK(setpgid(member.pid, member.pid));
  tell_tree(SIGTERM, true);
  (void)leave_one_behind(&member);
  CHECK(!tell_may_have_missed(member.pid, SIGTERM));
  end(NULL);
}

/* CONT ends nobody, so that whoever comes later may have been started by one who goes on. */
CASE(whom_one_that_goes_on_forks_is_not_told) {
  begin_members();
  struct member first = start_member(TERM_KILLS);
  struct member second = start_member(TERM_KILLS);
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
  begin_members();
  open_status_pipe();
  struct member member = start_member(TERM_IS_BLOCKED);
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
  begin_members();
  struct member member = start_member(TERM_IS_BLOCKED);
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
