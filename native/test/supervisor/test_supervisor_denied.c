/* A supervisor where a seccomp filter denies system calls. */
#include "supervisor/tree.h"
#include "test/helpers/denied_calls.h"
#include "test/supervisor/supervised.h"
#include "test/support.h"
#include "test/test.h"

#include <errno.h>
#include <unistd.h>

static int error;

static void deny_open(void) {
  CHECK(deny_call("pidfd_open", error));
}

static void deny_send(void) {
  CHECK(deny_call("pidfd_send_signal", error));
}

static void deny_both(void) {
  deny_open();
  deny_send();
}

/* Daemons have a process group of their own: the supervisor signals them one by one. */
static void check_serves(void (*deny)(void)) {
  pid_t pids[7];
  char *const command[] = {TREE_MEMBER, "2", "2", "daemons", NULL};
  open_status_pipe();
  struct supervised child = supervise_after(deny, 60000, command);
  child.command = next_record(&child).pid;
  expect_here(&child, 7, pids);
  order(&child, FIRST);
  expect_got(&child, 7, FIRST, child.supervisor);
  force(&child, pids, 7);
}

CASE(the_tree_is_signalled_and_killed_where_pidfd_send_signal_is_denied) {
  error = EPERM;
  check_serves(deny_send);
}

CASE(the_tree_is_signalled_and_killed_where_pidfd_send_signal_is_not_there) {
  error = ENOSYS;
  check_serves(deny_send);
}

CASE(the_tree_is_signalled_and_killed_where_pidfd_open_is_denied) {
  error = EPERM;
  check_serves(deny_open);
}

CASE(the_tree_is_signalled_and_killed_where_both_are_denied) {
  error = EACCES;
  check_serves(deny_both);
}

/* As if the pid of a member had been given to another process. */
CASE(a_stranger_receives_nothing_where_both_are_denied) {
  pid_t pid;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  struct tree tree = {0};
  error = EPERM;
  deny_both();
  tree_look(&tree);
  CHECK_EQ(tree_signal(&tree, getppid(), 0), -ESRCH);
  CHECK_EQ(tree_signal(&tree, pid, FIRST), 0);
  expect_got(&child, 1, FIRST, getpid());
  tree_free(&tree);
  order_force(&child);
  check_dies_by(child.supervisor, SIGKILL);
}
