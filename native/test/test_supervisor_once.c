/* Signals that a supervisor is sent, and who of the tree has them already: each is to be told once. */
#include "../supervisor/above.h"
#include "supervised.h"
#include "support.h"
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

CASE(what_the_jvm_sends_the_supervisor_itself_is_passed_on_at_once) {
  pid_t pid;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  CHECK_OK(kill(child.supervisor, FIRST));
  ask_tree(&child, SECOND);
  expect_got(&child, 1, FIRST, child.supervisor);
  expect_got(&child, 1, SECOND, child.supervisor);
  CHECK_OK(kill(child.supervisor, SIGTERM));
  expect_record(&child, SUPERVISOR_EXITED, 0);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_exits_with_0(child.supervisor);
  expect_gone(&pid, 1);
}

/* Sends it from another process, as somebody who is not the JVM. */
static pid_t send_from_outside(pid_t target, int signal) {
  pid_t other = fork();
  CHECK_OK(other);
  if (other == 0)
    _exit(kill(target, signal) == 0 ? 0 : 1);
  check_exits_with_0(other);
  return other;
}

CASE(what_somebody_sends_the_supervisor_alone_is_passed_on) {
  pid_t pids[3];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "1", "2", "", 3, pids);
  send_from_outside(child.supervisor, FIRST);
  expect_got(&child, 3, FIRST, child.supervisor);
  force(&child, pids, 3);
}

/*
 * Somebody sends it to the supervisor, as he does to the whole group, and the JVM asks for it. The supervisor
 * finds both at once, and takes them by their numbers. Then somebody sends it alone what follows: that is
 * passed on later than the first would be, were it still to be passed on.
 */
static void check_told_once_by_the_group(int first, int following, int told_by_the_supervisor) {
  pid_t pids[7];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "2", "2", "apart", 7, pids);
  CHECK_OK(kill(child.supervisor, SIGSTOP));
  ask_tree(&child, first);
  send_from_outside(child.supervisor, first);
  CHECK_OK(kill(child.supervisor, SIGCONT));
  expect_got(&child, told_by_the_supervisor, first, child.supervisor);
  send_from_outside(child.supervisor, following);
  expect_got(&child, 7, following, child.supervisor);
  force(&child, pids, 7);
}

CASE(what_somebody_sends_the_whole_group_reaches_each_once) {
  check_told_once_by_the_group(FIRST, SECOND, 4); /* those apart are not of the group */
}

CASE(so_it_does_where_the_jvm_is_faster) {
  check_told_once_by_the_group(SUPERVISOR_ASK + 1, SUPERVISOR_ASK + 2, 7);
}

static int64_t clock_ms(void) {
  struct timespec now;
  CHECK_OK(clock_gettime(CLOCK_MONOTONIC, &now));
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What is sent the supervisor alone after something else is passed on after that would be. */
CASE(what_a_stopped_jvm_has_yet_to_take_is_left_to_it) {
  pid_t pids[7];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "2", "2", "apart", 7, pids);
  sigset_t only_first;
  sigemptyset(&only_first);
  sigaddset(&only_first, FIRST);
  block(FIRST); /* as it stays pending for a JVM that is stopped */
  CHECK_OK(kill(getpid(), FIRST));
  send_from_outside(child.supervisor, FIRST);
  send_from_outside(child.supervisor, SECOND);
  expect_got(&child, 7, SECOND, child.supervisor);
  CHECK_EQ(sigwaitinfo(&only_first, NULL), FIRST);
  ask_tree(&child, FIRST);
  expect_got(&child, 4, FIRST, child.supervisor); /* those apart */
  ask_tree(&child, THIRD);
  expect_got(&child, 7, THIRD, child.supervisor);
  force(&child, pids, 7);
}

CASE(who_has_been_told_late_is_not_told_again_when_a_slow_jvm_asks) {
  pid_t pids[3];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "1", "2", "", 3, pids);
  int64_t sent = clock_ms();
  send_from_outside(child.supervisor, FIRST);
  expect_got(&child, 3, FIRST, child.supervisor);
  ask_tree(&child, FIRST | (int)(clock_ms() - sent) << SUPERVISOR_AGE_SHIFT);
  ask_tree(&child, SECOND);
  expect_got(&child, 3, SECOND, child.supervisor);
  ask_tree(&child, FIRST); /* another one */
  expect_got(&child, 3, FIRST, child.supervisor);
  force(&child, pids, 3);
}

CASE(what_the_command_sends_its_parent_is_not_passed_on) {
  char line[64];
  open_status_pipe();
  struct supervised child = SUPERVISE("sh", "-c",
                                      "trap 'echo USR1' USR1; trap 'echo USR2; exit 0' USR2; "
                                      "kill -USR1 $PPID; echo sent; while :; do sleep 1000 & wait; done");
  child.command = next_record(&child).pid;
  CHECK(next_line(&child, line, sizeof line));
  CHECK_TEXT(line, "sent");
  send_from_outside(child.supervisor, SIGUSR2);
  CHECK(next_line(&child, line, sizeof line));
  CHECK_TEXT(line, "USR2");
  expect_record(&child, SUPERVISOR_EXITED, 0);
}

/* As a shell's "trap 'kill 0' EXIT" does. */
CASE(what_one_of_the_tree_sends_the_whole_group_reaches_each_once) {
  char line[64];
  open_status_pipe();
  struct supervised child = SUPERVISE("sh", "-c",
                                      "trap 'echo USR1' USR1; trap 'echo USR2' USR2; kill -USR1 $PPID $$; "
                                      "echo sent; while :; do sleep 1000 & wait; done");
  child.command = next_record(&child).pid;
  CHECK(next_line(&child, line, sizeof line));
  CHECK_TEXT(line, "USR1");
  CHECK(next_line(&child, line, sizeof line));
  CHECK_TEXT(line, "sent");
  ask_tree(&child, SIGUSR1); /* the JVM was sent it, too */
  ask_tree(&child, SIGUSR2);
  CHECK(next_line(&child, line, sizeof line));
  CHECK_TEXT(line, "USR2");
  force_tree(&child);
  expect_record(&child, SUPERVISOR_KILLED, SIGKILL);
}

/* A process that, when it is told whose supervisor, sends it the first. */
static pid_t start_sender(int *tell) {
  int ends[2];
  CHECK_OK(pipe(ends));
  pid_t other = fork();
  CHECK_OK(other);
  if (other == 0) {
    pid_t supervisor;
    CHECK_EQ(read(ends[0], &supervisor, sizeof supervisor), sizeof supervisor);
    CHECK_OK(kill(supervisor, FIRST));
    _exit(0);
  }
  *tell = ends[1];
  return other;
}

/* Starts one whose supervisor above is to be the other, in that namespace. Then the other sends it the first.
 */
static struct supervised hear_from_above(unsigned long long namespace) {
  int tell;
  char above[48];
  char line[64];
  open_status_pipe();
  pid_t other = start_sender(&tell);
  snprintf(above, sizeof above, "%llu:%d", namespace, (int)other);
  struct supervised child = supervise_command(above, 60000, (char *const[]){TREE_MEMBER, "0", "0", NULL});
  child.command = next_record(&child).pid;
  CHECK(next_line(&child, line, sizeof line));
  CHECK_EQ(write(tell, &child.supervisor, sizeof child.supervisor), sizeof child.supervisor);
  check_exits_with_0(other);
  send_from_outside(child.supervisor, SECOND);
  return child;
}

static unsigned long long own_namespace(void) {
  struct stat facts;
  CHECK_OK(stat("/proc/self/ns/pid", &facts));
  return facts.st_ino;
}

CASE(what_a_supervisor_above_sends_is_not_passed_on) {
  struct supervised child = hear_from_above(own_namespace());
  expect_got(&child, 1, SECOND, child.supervisor);
  force(&child, &child.command, 1);
}

CASE(who_has_the_pid_of_one_in_another_namespace_is_not_above) {
  struct supervised child = hear_from_above(1);
  expect_got(&child, 1, FIRST, child.supervisor);
  expect_got(&child, 1, SECOND, child.supervisor);
  force(&child, &child.command, 1);
}

CASE(one_above_in_another_namespace_has_no_pid) {
  char own[48];
  snprintf(own, sizeof own, "%llu:77", own_namespace());
  CHECK(above_has("1:77", 0));
  CHECK(above_has("2:12,1:77", 0));
  CHECK(!above_has("1:77", 77));
  CHECK(!above_has(own, 0));
  CHECK(above_has(own, 77));
  CHECK(!above_has("", 0));
}

/* A shell is the JVM below, whose supervisor has two processes, the second with a group of its own. */
static struct supervised supervise_supervisor(bool has_own_group) {
  char script[512];
  char line[64];
  int ends[2];
  open_status_pipe();
  CHECK_OK(pipe(ends)); /* of the JVM below; it inherits them */
  snprintf(script, sizeof script, "%s $$ %d 7 60000 $HELIOGRAPH_SUPERVISORS %s 1 1 apart; :", SUPERVISOR,
           ends[1], TREE_MEMBER);
  struct supervised child =
      has_own_group ? SUPERVISE("setsid", "sh", "-c", script) : SUPERVISE("sh", "-c", script);
  child.command = next_record(&child).pid;
  for (int i = 0; i < 2; i++)
    CHECK(next_line(&child, line, sizeof line) && strncmp(line, "here ", 5) == 0);
  return child;
}

/* The shell dies of the first signal that it is told. */
static void end_both(struct supervised *child, int signal) {
  expect_record(child, SUPERVISOR_KILLED, signal);
  force_tree(child);
  expect_record(child, SUPERVISOR_EMPTY, 0);
  check_dies_by(child->supervisor, signal);
}

CASE(below_a_supervisor_that_the_terminal_told_it_tells_nobody) {
  struct supervised child = supervise_supervisor(false);
  ask_tree(&child, FIRST | SUPERVISOR_TERMINAL_TOLD);
  ask_tree(&child, SECOND);
  expect_got(&child, 2, SECOND, child.supervisor);
  end_both(&child, SECOND);
}

CASE(below_a_supervisor_of_another_group_it_does) {
  struct supervised child = supervise_supervisor(true);
  ask_tree(&child, FIRST | SUPERVISOR_TERMINAL_TOLD);
  expect_got(&child, 2, FIRST, child.supervisor);
  end_both(&child, FIRST);
}
