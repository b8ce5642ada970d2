/*
 * Who is told late, when one is seen to have died of what it was told. Here the test is the supervisor, but
 * in the last case.
 */
#include "../supervisor/tell.h"
#include "member.h"
#include "supervised.h"
#include "support.h"
#include "test.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

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
  end_members();
}

/* Of the signal, once more, when it has cleaned up. */
CASE(whom_a_handler_leaves_behind_is_not_told) {
  begin_members();
  struct member member = start_member(TERM_IS_CAUGHT);
  tell_tree(SIGTERM, false);
  (void)leave_one_behind(&member);
  CHECK(!tell_may_have_missed(member.pid, SIGTERM));
  end_members();
}

CASE(while_others_survive_nobody_is_told_late) {
  begin_members();
  (void)start_member(TERM_IS_CAUGHT);
  struct member member = start_member(TERM_IS_BLOCKED);
  tell_tree(SIGTERM, false);
  (void)leave_one_behind(&member);
  CHECK(!tell_may_have_missed(member.pid, SIGTERM));
  end_members();
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
  end_members();
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
  end_members();
}

CASE(when_the_group_was_told_nobody_is_told_late) {
  begin_members();
  struct member member = start_member(TERM_IS_BLOCKED);
  CHECK_OK(setpgid(member.pid, member.pid));
  tell_tree(SIGTERM, true);
  (void)leave_one_behind(&member);
  CHECK(!tell_may_have_missed(member.pid, SIGTERM));
  end_members();
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
  end_members();
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
  end_members();
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
