/* What a supervisor does to all descendants of its command. */
#include "supervisor/tree.h"
#include "test/supervisor/supervised.h"
#include "test/support.h"
#include "test/test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

CASE(each_process_of_a_tree_receives_a_signal_once) {
  pid_t pids[13];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "2", "3", "", 13, pids);
  order(&child, FIRST);
  expect_got(&child, 13, FIRST, child.supervisor);
  order(&child, SECOND);
  expect_got(&child, 13, SECOND, child.supervisor);
  force(&child, pids, 13);
}

CASE(daemons_receive_it_and_are_killed_too) {
  pid_t pids[7];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "2", "2", "daemons", 7, pids);
  order(&child, FIRST);
  expect_got(&child, 7, FIRST, child.supervisor);
  force(&child, pids, 7);
}

CASE(a_process_that_always_forks_does_not_escape) {
  pid_t first;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "runaway", 1, &first);
  expect_record(&child, SUPERVISOR_EXITED, 0);
  order_force(&child);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_exits_with_0(child.supervisor);
}

CASE(when_the_jvm_is_gone_the_tree_receives_term) {
  pid_t pids[13];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "2", "3", "", 13, pids);
  close_status_pipe();
  expect_got(&child, 13, SIGTERM, child.supervisor);
  check_exits_with_0(child.supervisor);
  expect_gone(pids, 13);
}

CASE(a_stopped_process_ends_when_the_jvm_is_gone) {
  pid_t pid;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  CHECK_OK(kill(pid, SIGSTOP));
  expect_record(&child, SUPERVISOR_STOPPED, SIGSTOP);
  close_status_pipe();
  check_exits_with_0(child.supervisor);
  expect_gone(&pid, 1);
}

CASE(a_stopped_process_ends_when_it_is_woken) {
  pid_t pids[3];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "1", "2", "", 3, pids);
  order(&child, SIGSTOP);
  expect_record(&child, SUPERVISOR_STOPPED, SIGSTOP);
  order(&child, SIGTERM | SUPERVISOR_WAKE);
  struct supervisor_record record = next_record(&child);
  if (record.kind == SUPERVISOR_CONTINUED) /* an end that follows at once hides it */
    record = next_record(&child);
  CHECK_EQ(record.kind, SUPERVISOR_EXITED);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_exits_with_0(child.supervisor);
  expect_gone(pids, 3);
}

/* As if the pid of a member had been given to another process. */
CASE(a_stranger_in_the_list_receives_nothing) {
  pid_t pids[2];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "1", "1", "", 2, pids);
  pid_t stranger = getppid();
  struct tree tree = {0};
  tree_look(&tree);
  CHECK(tree_has(&tree, child.command));
  CHECK(!tree_has(&tree, stranger));
  CHECK_EQ(tree_signal(&tree, stranger, 0), -ESRCH);
  CHECK_EQ(tree_signal(&tree, child.command, FIRST), 0);
  expect_got(&child, 1, FIRST, getpid());
  tree_free(&tree);
  force(&child, pids, 2);
}

CASE(what_outlives_the_grace_period_is_killed) {
  pid_t pids[13];
  open_status_pipe();
  struct supervised child = supervise_tree(100, "2", "3", "stubborn", 13, pids);
  close_status_pipe();
  check_dies_by(child.supervisor, SIGKILL);
  expect_gone(pids, 13);
}

/* Stopped for longer than the grace period. It has looked at its clock before it obeys the second order. */
CASE(time_in_which_the_supervisor_was_stopped_does_not_count) {
  pid_t pid;
  int status;
  open_status_pipe();
  struct supervised child = supervise_tree(1500, "0", "0", "stubborn", 1, &pid);
  close_status_pipe();
  expect_got(&child, 1, SIGTERM, child.supervisor);
  expect_got(&child, 1, SIGCONT, child.supervisor);
  CHECK_OK(kill(child.supervisor, SIGSTOP));
  CHECK_EQ(waitpid(child.supervisor, &status, WUNTRACED), child.supervisor);
  CHECK(WIFSTOPPED(status));
  (void)poll(NULL, 0, 2500);
  CHECK_OK(kill(child.supervisor, SIGCONT));
  order(&child, FIRST);
  expect_got(&child, 1, FIRST, child.supervisor);
  order(&child, SECOND);
  expect_got(&child, 1, SECOND, child.supervisor);
  order_force(&child);
  check_dies_by(child.supervisor, SIGKILL);
  expect_gone(&pid, 1);
}

CASE(the_command_dies_with_its_supervisor) {
  char line[64];
  pid_t pid;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "stubborn", 1, &pid);
  CHECK_OK(kill(child.supervisor, SIGKILL));
  CHECK(!next_line(&child, line, sizeof line)); /* the end of its output */
  check_dies_by(child.supervisor, SIGKILL);
}

/* It finds the order to kill together with the first few others. */
CASE(many_orders_do_not_keep_it_from_the_kill) {
  pid_t pid;
  char line[64];
  int orders = 0;
  int received = 0;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  CHECK_OK(kill(child.supervisor, SIGSTOP));
  while (orders < 1000 &&
         sigqueue(child.supervisor, SUPERVISOR_ORDER, (union sigval){.sival_int = FIRST}) == 0)
    orders++;
  CHECK(orders >= 100); /* or the user's queue has no room for this case */
  order_force(&child);
  CHECK_OK(kill(child.supervisor, SIGCONT));
  while (next_line(&child, line, sizeof line))
    received++;
  CHECK(received < 16);
  expect_record(&child, SUPERVISOR_KILLED, SIGKILL);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_dies_by(child.supervisor, SIGKILL);
}

/* Between the order and its report of the command's end it sleeps nowhere. */
CASE(a_full_pipe_does_not_hold_it_up_when_the_jvm_is_gone) {
  pid_t pids[2];
  int write_end = open_status_pipe();
  struct supervised child = supervise_tree(60000, "1", "1", "", 2, pids);
  CHECK_OK(fcntl(write_end, F_SETFL, O_NONBLOCK));
  while (write(write_end, (char[16]){0}, 16) == 16)
    ;
  CHECK_OK(kill(child.supervisor, SIGSTOP));
  CHECK_OK(kill(child.command, SIGKILL));
  await_death(child.command);
  order(&child, FIRST);
  CHECK_OK(kill(child.supervisor, SIGCONT));
  expect_got(&child, 1, FIRST, child.supervisor);
  while (!is_asleep(child.supervisor))
    sched_yield();
  close_status_pipe();
  check_dies_by(child.supervisor, SIGKILL);
  expect_gone(pids, 2);
}

CASE(a_dead_daemon_is_no_zombie) {
  pid_t pids[2];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "1", "1", "daemons", 2, pids);
  pid_t daemon = pids[0] == child.command ? pids[1] : pids[0];
  CHECK_OK(kill(daemon, SIGKILL));
  await_death(daemon);
  /* Between two orders it waits for the dead. */
  order(&child, FIRST);
  expect_got(&child, 1, FIRST, child.supervisor);
  order(&child, SECOND);
  expect_got(&child, 1, SECOND, child.supervisor);
  expect_gone(&daemon, 1);
  force(&child, pids, 2);
}

static void check_same_trees(const pid_t *pids, int count) {
  struct tree by_children = {0};
  struct tree by_all = {0};
  CHECK(tree_look_at_children(&by_children));
  tree_look_at_all(&by_all);
  for (int i = 0; i < count; i++) {
    CHECK(tree_has(&by_children, pids[i]));
    CHECK(tree_has(&by_all, pids[i]));
  }
  CHECK_EQ(by_children.count, count + 1); /* and the supervisor */
  CHECK_EQ(by_all.count, count + 1);
  tree_free(&by_children);
  tree_free(&by_all);
}

CASE(both_ways_of_looking_find_the_same_tree) {
  pid_t pids[13];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "2", "3", "apart", 13, pids);
  check_same_trees(pids, 13);
  force(&child, pids, 13);
}
