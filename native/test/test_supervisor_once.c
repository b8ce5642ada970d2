/* Signals that a supervisor is sent, and who of the tree has them already: each is to be told once. */
#include "../supervisor/above.h"
#include "../supervisor/once.h"
#include "supervised.h"
#include "support.h"
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Where the user's queue of signals is full. */
CASE(what_the_jvm_asks_for_without_a_value_is_passed_on_at_once) {
  pid_t pid;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  CHECK_OK(kill(child.supervisor, SUPERVISOR_PLAIN));
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

/* From now on this is the only test in its process group. */
static struct supervised supervise_group(const char *kind, int grace_ms, pid_t *pids) {
  CHECK_OK(setpgid(0, 0));
  block(FIRST);
  open_status_pipe();
  return supervise_tree(grace_ms, "2", "2", kind, 7, pids);
}

CASE(what_somebody_sends_the_whole_group_reaches_each_once) {
  pid_t pids[7];
  struct supervised child = supervise_group("apart", 60000, pids);
  int64_t sent = clock_ms();
  pid_t sender = send_from_outside(-getpgrp(), FIRST);
  expect_got(&child, 3, FIRST, sender);
  ask_tree_as_sent(&child, FIRST, sent);
  expect_got(&child, 4, FIRST, child.supervisor); /* those apart */
  ask_tree(&child, SECOND);
  expect_got(&child, 7, SECOND, child.supervisor);
  force(&child, pids, 7);
}

/* It takes both at once, the mark behind what it marks. */
CASE(the_mark_of_such_an_ask_may_have_the_higher_number) {
  pid_t pid;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  CHECK_OK(kill(child.supervisor, SIGSTOP));
  CHECK_OK(kill(child.supervisor, SUPERVISOR_PLAIN));
  CHECK_OK(kill(child.supervisor, SIGTERM));
  CHECK_OK(kill(child.supervisor, SIGCONT));
  expect_record(&child, SUPERVISOR_EXITED, 0);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  CHECK(!was_told_came(SIGTERM));
}

/* kill(2) with 0 or a negative pid. */
CASE(what_the_jvm_sends_its_own_group_reaches_each_once) {
  pid_t pids[7];
  struct supervised child = supervise_group("apart", 60000, pids);
  int64_t sent = clock_ms();
  CHECK_OK(kill(0, FIRST));
  expect_got(&child, 3, FIRST, getpid());
  ask_tree_as_sent(&child, FIRST, sent);
  expect_got(&child, 4, FIRST, child.supervisor); /* those apart */
  ask_tree(&child, SECOND);
  expect_got(&child, 7, SECOND, child.supervisor);
  force(&child, pids, 7);
  CHECK(was_told_came(FIRST));
  CHECK(!was_told_came(SECOND));
}

/* However it ends: whoever started it has the signal as well, and is to wait for that. */
CASE(what_the_group_was_sent_is_told_before_an_end) {
  char line[64];
  CHECK_OK(setpgid(0, 0));
  open_status_pipe();
  struct supervised child =
      SUPERVISE("sh", "-c", "trap 'exit 0' INT; echo ready; while :; do sleep 1000 & wait; done");
  child.command = next_record(&child).pid;
  block(SIGINT); /* here, and not in the command */
  CHECK(next_line(&child, line, sizeof line));
  send_from_outside(-getpgrp(), SIGINT);
  expect_record(&child, SUPERVISOR_EXITED, 0);
  CHECK(was_told_came(SIGINT));
  force_tree(&child); /* the shell's sleep ignores INT */
  expect_record(&child, SUPERVISOR_EMPTY, 0);
}

/* It finds all at once, CONT too, and takes 16 at a time, by their numbers. The asks of CHLD show nothing. */
static void check_ask_taken_first(int asks_before) {
  pid_t pids[7];
  int later = SUPERVISOR_ASK + 1;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "2", "2", "apart", 7, pids);
  CHECK_OK(kill(child.supervisor, SIGSTOP));
  for (int i = 0; i < asks_before; i++)
    ask_tree(&child, SIGCHLD);
  ask_tree_as_sent_to_group(&child, later);
  CHECK_OK(kill(child.supervisor, SIGCONT));
  expect_got(&child, 4, later, child.supervisor); /* those apart */
  ask_tree(&child, later + 1);
  expect_got(&child, 7, later + 1, child.supervisor);
  force(&child, pids, 7);
}

CASE(so_it_does_where_the_ask_is_taken_first) {
  check_ask_taken_first(0);
}

CASE(so_it_does_where_the_signal_is_not_among_the_next) {
  check_ask_taken_first(14);
}

/* Whoever did pass it on, would long before the end of the grace period. */
CASE(what_the_jvm_does_not_ask_for_is_not_passed_on) {
  pid_t pids[7];
  char line[64];
  struct supervised child = supervise_group("stubborn", 4 * ONCE_MS, pids);
  pid_t sender = send_from_outside(-getpgrp(), FIRST);
  expect_got(&child, 7, FIRST, sender);
  close_status_pipe();
  while (next_line(&child, line, sizeof line))
    CHECK(strncmp(line, "got 15 ", 7) == 0 || strncmp(line, "got 18 ", 7) == 0); /* TERM and CONT */
  check_dies_by(child.supervisor, SIGKILL);
}

/* The time is not waited for: for so long a JVM is stopped, so that it takes what was sent to all so late. */
CASE(a_jvm_that_was_stopped_takes_later_what_the_group_was_sent) {
  pid_t pids[7];
  siginfo_t info;
  sigset_t first;
  struct supervised child = supervise_group("apart", 60000, pids);
  pid_t sender = send_from_outside(-getpgrp(), FIRST);
  expect_got(&child, 3, FIRST, sender);
  CHECK_OK(clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){.tv_nsec = 900 * 1000000}, NULL));
  sigemptyset(&first);
  sigaddset(&first, FIRST);
  int64_t taken = clock_ms();
  CHECK_EQ(sigwaitinfo(&first, &info), FIRST);
  ask_tree_as_sent(&child, FIRST, taken);
  expect_got(&child, 4, FIRST, child.supervisor); /* those apart */
  ask_tree(&child, SECOND);
  expect_got(&child, 7, SECOND, child.supervisor);
  force(&child, pids, 7);
}

/* As where a terminal tells a JVM that is about to fork. */
CASE(who_was_not_there_when_the_jvm_was_sent_it_is_told) {
  pid_t pids[3];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "1", "2", "", 3, pids);
  ask_tree_as_sent(&child, FIRST, clock_ms());
  expect_got(&child, 3, FIRST, child.supervisor);
  force(&child, pids, 3);
}

static void be_sent_the_first(void) {
  block(FIRST);
  send_from_outside(getpid(), FIRST);
}

CASE(a_command_that_was_not_there_when_its_supervisor_was_sent_it_is_told) {
  char line[64];
  int64_t sent = clock_ms();
  open_status_pipe();
  struct supervised child =
      supervise_after(be_sent_the_first, "-", 60000, (char *const[]){TREE_MEMBER, "0", "0", NULL});
  child.command = next_record(&child).pid;
  CHECK(next_line(&child, line, sizeof line));
  ask_tree_as_sent(&child, FIRST, sent);
  expect_got(&child, 1, FIRST, child.supervisor);
  ask_tree_as_sent_to_group(&child, FIRST); /* that was another one */
  ask_tree(&child, SECOND);
  expect_got(&child, 1, SECOND, child.supervisor);
  force(&child, &child.command, 1);
}

/* As a shell's "trap 'kill 0' EXIT" does. */
CASE(what_one_of_the_tree_sends_the_whole_group_reaches_each_once) {
  char line[64];
  int64_t sent = clock_ms();
  open_status_pipe();
  struct supervised child = SUPERVISE("sh", "-c",
                                      "trap 'echo USR1' USR1; trap 'echo USR2' USR2; kill -USR1 $PPID $$; "
                                      "echo sent; while :; do sleep 1000 & wait; done");
  child.command = next_record(&child).pid;
  CHECK(next_line(&child, line, sizeof line));
  CHECK_TEXT(line, "USR1");
  CHECK(next_line(&child, line, sizeof line));
  CHECK_TEXT(line, "sent");
  ask_tree_as_sent(&child, SIGUSR1, sent); /* the JVM was sent it, too */
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

/* Starts two, the second apart, whose supervisor above is to be the other, in that namespace. Then the other
 * sends their supervisor the first, and the JVM says that it was sent it, too. */
static struct supervised hear_from_above(unsigned long long namespace) {
  int tell;
  char above[48];
  char line[64];
  open_status_pipe();
  pid_t other = start_sender(&tell);
  snprintf(above, sizeof above, "%llu:%d", namespace, (int)other);
  struct supervised child =
      supervise_command(above, 60000, (char *const[]){TREE_MEMBER, "1", "1", "apart", NULL});
  child.command = next_record(&child).pid;
  for (int i = 0; i < 2; i++)
    CHECK(next_line(&child, line, sizeof line));
  int64_t sent = clock_ms();
  CHECK_EQ(write(tell, &child.supervisor, sizeof child.supervisor), sizeof child.supervisor);
  check_exits_with_0(other);
  ask_tree_as_sent(&child, FIRST, sent);
  return child;
}

static unsigned long long own_namespace(void) {
  struct stat facts;
  CHECK_OK(stat("/proc/self/ns/pid", &facts));
  return facts.st_ino;
}

CASE(what_a_supervisor_above_sends_it_has_sent_to_all) {
  struct supervised child = hear_from_above(own_namespace());
  ask_tree(&child, SECOND);
  expect_got(&child, 2, SECOND, child.supervisor);
  force(&child, &child.command, 1);
}

CASE(who_has_the_pid_of_one_in_another_namespace_is_not_above) {
  struct supervised child = hear_from_above(1);
  expect_got(&child, 1, FIRST, child.supervisor); /* the one apart */
  ask_tree(&child, SECOND);
  expect_got(&child, 2, SECOND, child.supervisor);
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
  ask_tree_as_sent_to_group(&child, FIRST);
  ask_tree(&child, SECOND);
  expect_got(&child, 2, SECOND, child.supervisor);
  end_both(&child, SECOND);
}

CASE(below_a_supervisor_of_another_group_it_does) {
  struct supervised child = supervise_supervisor(true);
  ask_tree_as_sent_to_group(&child, FIRST);
  expect_got(&child, 2, FIRST, child.supervisor);
  end_both(&child, FIRST);
}
