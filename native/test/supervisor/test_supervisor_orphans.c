/* Processes that are left behind by one that died from the signal of an order. */
#include "test/supervisor/supervised.h"
#include "test/support.h"
#include "test/test.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* The member blocks TERM while it forks, as shells do. The supervisor has signalled the group by then. */
CASE(a_process_that_was_forked_with_the_signal_blocked_receives_it_later) {
  pid_t pids[2];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "late", 1, pids);
  order(&child, SIGTERM);
  expect_here(&child, 1, pids + 1);
  expect_record(&child, SUPERVISOR_KILLED, SIGTERM);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_dies_by(child.supervisor, SIGTERM);
  expect_gone(pids, 2);
}

static struct supervised supervise_script(const char *script) {
  open_status_pipe();
  struct supervised child = SUPERVISE("sh", "-c", (char *)script);
  child.command = next_record(&child).pid;
  return child;
}

/* A real-time signal, which queues: a second one would be seen. */
CASE(a_process_that_was_there_before_receives_it_once) {
  pid_t member;
  struct supervised child = supervise_script(TREE_MEMBER " 0 0 & wait");
  expect_here(&child, 1, &member);
  order(&child, FIRST);
  expect_got(&child, 1, FIRST, child.supervisor);
  expect_record(&child, SUPERVISOR_KILLED, FIRST); /* the shell's end */
  order(&child, SECOND);
  expect_got(&child, 1, SECOND, child.supervisor);
  order_force(&child);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_dies_by(child.supervisor, FIRST);
  expect_gone(&member, 1);
}

/* A handler may start a process to clean up. */
CASE(a_process_that_a_handler_has_left_behind_does_not_receive_it) {
  pid_t member;
  struct supervised child = supervise_script(
      "trap '" TREE_MEMBER " 0 0 & exit 0' TERM; echo ready; while :; do sleep 1000 & wait; done");
  expect_line(&child, "ready");
  order(&child, SIGTERM);
  expect_here(&child, 1, &member);
  expect_record(&child, SUPERVISOR_EXITED, 0);
  order(&child, FIRST);
  expect_got(&child, 1, FIRST, child.supervisor);
  order_force(&child);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_exits_with_0(child.supervisor);
  expect_gone(&member, 1);
}

CASE(a_process_that_another_signal_has_orphaned_does_not_receive_it) {
  pid_t member;
  struct supervised child =
      supervise_script("trap '" TREE_MEMBER " 0 0 &' USR1; echo ready; while :; do sleep 1000 & wait; done");
  expect_line(&child, "ready");
  order(&child, SIGUSR1);
  expect_here(&child, 1, &member);
  CHECK_OK(kill(child.command, SIGKILL));
  expect_record(&child, SUPERVISOR_KILLED, SIGKILL);
  order(&child, FIRST);
  expect_got(&child, 1, FIRST, child.supervisor);
  order_force(&child);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_dies_by(child.supervisor, SIGKILL);
  expect_gone(&member, 1);
}

static int rounds(void) {
  const char *asked = getenv("HELIOGRAPH_ROUNDS");
  return asked == NULL ? LOOPS(300) : atoi(asked);
}

/* The moments are spread over the first 4 ms, in which a shell starts a program. */
CASE(a_shell_that_is_ended_in_its_first_milliseconds_leaves_nothing) {
  open_status_pipe();
  for (int round = 0; round < rounds(); round++) {
    struct supervised child = SUPERVISE("sh", "-c", "sleep 1000; sleep 1000");
    child.command = next_record(&child).pid;
    clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){.tv_nsec = round % 400 * 10000L}, NULL);
    order(&child, SIGTERM);
    expect_record(&child, SUPERVISOR_KILLED, SIGTERM);
    expect_record(&child, SUPERVISOR_EMPTY, 0);
    check_dies_by(child.supervisor, SIGTERM);
    close(child.out);
  }
}
