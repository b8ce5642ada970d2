/* The process group of a command: each process in it receives a signal once. */
#include "supervisor/process.h"
#include "test/supervisor/supervised.h"
#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static bool is_pending(int signal) {
  sigset_t pending;
  CHECK_OK(sigpending(&pending));
  return sigismember(&pending, signal) == 1;
}

/* From now on the test is alone in its process group. */
static struct supervised supervise_apart(const char *kind, pid_t *pids) {
  CHECK_OK(setpgid(0, 0));
  block(FIRST);
  open_status_pipe();
  return supervise_tree(60000, "2", "2", kind, 7, pids);
}

CASE(a_supervisor_leads_the_group_of_its_command) {
  pid_t pid;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  CHECK_EQ(getpgid(child.supervisor), child.supervisor);
  CHECK_EQ(getpgid(pid), child.supervisor);
  force(&child, &pid, 1);
}

CASE(what_the_jvms_group_receives_reaches_the_tree_by_the_order_alone) {
  pid_t pids[7];
  struct supervised child = supervise_apart("apart", pids);
  send_from_outside(-getpgrp(), FIRST);
  order(&child, FIRST | SUPERVISOR_PASSED_ON);
  expect_got(&child, 7, FIRST, child.supervisor);
  order(&child, SECOND);
  expect_got(&child, 7, SECOND, child.supervisor);
  force(&child, pids, 7);
}

/* As two presses of Ctrl-C. What the supervisor sends to its group comes back to it, and is not another's. */
CASE(a_second_signal_is_passed_on_too) {
  pid_t pid;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  for (int press = 0; press < 2; press++) {
    order(&child, FIRST | SUPERVISOR_PASSED_ON);
    expect_got(&child, 1, FIRST, child.supervisor);
  }
  force(&child, &pid, 1);
}

/* As a shell's "trap 'kill 0' EXIT" does. It would end the test, which is alone in its group. */
CASE(what_a_process_sends_to_its_own_group_does_not_reach_the_jvm) {
  CHECK_OK(setpgid(0, 0));
  open_status_pipe();
  struct supervised child =
      SUPERVISE("sh", "-c", "trap 'echo USR1' USR1; kill -USR1 0; echo sent; exec sleep 1000");
  child.command = next_record(&child).pid;
  expect_line(&child, "USR1");
  expect_line(&child, "sent");
  force(&child, &child.command, 1);
}

/* While the supervisor is stopped all arrives, so that the machine's speed does not matter. */
static void stop(const struct supervised *child) {
  CHECK_OK(kill(child->supervisor, SIGSTOP));
  CHECK_OK(waitid(P_PID, (id_t)child->supervisor, &(siginfo_t){0}, WSTOPPED));
}

/* A service manager signals every process of a control group. */
CASE(what_every_process_was_sent_is_not_passed_on_again) {
  pid_t pids[7];
  pid_t sender = 0;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "2", "2", "apart", 7, pids);
  for (int i = 0; i < 7; i++) {
    sender = send_from_outside(pids[i], FIRST);
    expect_got(&child, 1, FIRST, sender);
  }
  stop(&child);
  send_from_outside(child.supervisor, FIRST);
  order(&child, FIRST | SUPERVISOR_PASSED_ON);
  CHECK_OK(kill(child.supervisor, SIGCONT));
  order(&child, SECOND);
  expect_got(&child, 7, SECOND, child.supervisor);
  force(&child, pids, 7);
}

CASE(an_order_that_passes_nothing_on_holds_all_the_same) {
  pid_t pid;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  stop(&child);
  send_from_outside(child.supervisor, FIRST);
  order(&child, FIRST);
  CHECK_OK(kill(child.supervisor, SIGCONT));
  expect_got(&child, 1, FIRST, child.supervisor);
  force(&child, &pid, 1);
}

static void be_sent_the_first(void) {
  block(FIRST);
  send_from_outside(getpid(), FIRST);
}

CASE(a_command_that_came_after_the_signal_receives_it_by_the_order) {
  pid_t pid;
  open_status_pipe();
  struct supervised child =
      supervise_after(be_sent_the_first, 60000, (char *const[]){TREE_MEMBER, "0", "0", NULL});
  child.command = next_record(&child).pid;
  expect_here(&child, 1, &pid);
  order(&child, FIRST | SUPERVISOR_PASSED_ON);
  expect_got(&child, 1, FIRST, child.supervisor);
  force(&child, &pid, 1);
}

/* As if the user's queue of signals were full. */
CASE(an_order_can_come_without_a_value) {
  pid_t pid;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  CHECK_OK(kill(child.supervisor, FIRST));
  expect_got(&child, 1, FIRST, child.supervisor);
  CHECK_OK(kill(child.supervisor, SIGTERM));
  expect_record(&child, SUPERVISOR_EXITED, 0);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_exits_with_0(child.supervisor);
}

/* These reach the members one by one: sent to the group, they would stop or end the supervisor. */
CASE(a_signal_that_the_supervisor_obeys_itself_can_be_ordered) {
  pid_t pids[7];
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "2", "2", "", 7, pids);
  order(&child, SUPERVISOR_FORCE);
  expect_got(&child, 7, SUPERVISOR_FORCE, child.supervisor);
  order(&child, SIGSTOP);
  expect_record(&child, SUPERVISOR_STOPPED, SIGSTOP);
  order(&child, SIGKILL);
  expect_record(&child, SUPERVISOR_KILLED, SIGKILL);
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_dies_by(child.supervisor, SIGKILL);
  expect_gone(pids, 7);
}

/* The shell stands for a JVM, with a supervisor whose tree has a group of its own. */
CASE(a_supervisor_below_is_left_to_its_own_jvm) {
  char script[512];
  pid_t pids[2];
  int ends[2];
  open_status_pipe();
  CHECK_OK(pipe(ends)); /* of the JVM below, which inherits it */
  snprintf(script, sizeof script,
           "trap 'echo passed' %d; %s $$ %d 7 60000 %s 1 1 apart & while :; do wait; done", FIRST, SUPERVISOR,
           ends[1], TREE_MEMBER);
  struct supervised child = SUPERVISE("bash", "-c", script);
  child.command = next_record(&child).pid;
  expect_here(&child, 2, pids);
  order(&child, FIRST);
  expect_line(&child, "passed");
  for (int i = 0; i < 2; i++) {
    CHECK_OK(kill(pids[i], SECOND));
    expect_got(&child, 1, SECOND, getpid());
  }
  force(&child, pids, 2); /* the kill reaches all */
}

/* In a process that leads a session, and so an orphaned group; the terminal is its input. */
static void with_terminal(void (*act)(int keyboard)) {
  pid_t leader = fork();
  CHECK_OK(leader);
  if (leader > 0) {
    check_exits_with_0(leader);
    return;
  }
  CHECK_OK(prctl(PR_SET_PDEATHSIG, SIGKILL)); /* if the test ends early */
  int keyboard = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  CHECK_OK(keyboard);
  CHECK_OK(grantpt(keyboard));
  CHECK_OK(unlockpt(keyboard));
  CHECK_OK(setsid());
  int screen = open(ptsname(keyboard), O_RDWR | O_NOCTTY | O_CLOEXEC);
  CHECK_OK(screen);
  CHECK_OK(ioctl(screen, TIOCSCTTY, 0));
  CHECK_OK(dup2(screen, STDIN_FILENO));
  block(SIGINT);
  block(FIRST);
  open_status_pipe();
  act(keyboard);
  _exit(0);
}

static void press_control_c(int keyboard) {
  CHECK_EQ(write(keyboard, "\x03", 1), 1);
}

static void check_group_of_reader(int keyboard) {
  pid_t pids[3];
  struct supervised child = supervise_tree(60000, "1", "2", "", 3, pids);
  CHECK_EQ(getpgid(child.command), getpgrp());
  press_control_c(keyboard);
  expect_got(&child, 3, SIGINT, 0); /* by the terminal */
  CHECK(is_pending(SIGINT));
  /* The JVM pauses, and passes the signal on late. */
  CHECK_OK(clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){.tv_nsec = 600 * 1000000}, NULL));
  order(&child, SIGINT | SUPERVISOR_PASSED_ON | SUPERVISOR_FROM_KERNEL);
  order(&child, FIRST | SUPERVISOR_PASSED_ON);
  expect_got(&child, 3, FIRST, child.supervisor);
  CHECK(!is_pending(FIRST));
  order(&child, SIGXCPU | SUPERVISOR_PASSED_ON | SUPERVISOR_FROM_KERNEL); /* which the JVM received alone */
  expect_got(&child, 3, SIGXCPU, child.supervisor);
  force(&child, pids, 3);
}

CASE(a_command_that_reads_the_terminal_receives_from_it_what_the_kernel_sends) {
  with_terminal(check_group_of_reader);
}

static void read_nothing(void) {
  CHECK_OK(dup2(open("/dev/null", O_RDONLY), STDIN_FILENO));
}

static void check_group_of_others(int keyboard) {
  pid_t pid;
  struct supervised child =
      supervise_after(read_nothing, 60000, (char *const[]){TREE_MEMBER, "0", "0", NULL});
  child.command = next_record(&child).pid;
  expect_here(&child, 1, &pid);
  press_control_c(keyboard);
  while (!is_pending(SIGINT))
    sched_yield();
  order(&child, SIGINT | SUPERVISOR_PASSED_ON | SUPERVISOR_FROM_KERNEL);
  expect_got(&child, 1, SIGINT, child.supervisor);
  order(&child, FIRST);
  expect_got(&child, 1, FIRST, child.supervisor);
  force(&child, &pid, 1);
}

CASE(any_other_command_receives_the_terminals_signal_by_the_order) {
  with_terminal(check_group_of_others);
}

/* The leader's parent is in another session. */
static void check_no_stop(int keyboard) {
  pid_t pid;
  (void)keyboard;
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  order(&child, SIGTSTP | SUPERVISOR_PASSED_ON);
  order(&child, SIGTTIN); /* the app's own order */
  expect_got(&child, 1, SIGTTIN, child.supervisor);
  force(&child, &pid, 1);
}

CASE(a_stop_is_not_passed_on_by_a_jvm_that_it_cannot_stop) {
  with_terminal(check_no_stop);
}

/* As a shell starts it: in a group of its own, with the shell's session. */
static void check_stop(int keyboard) {
  pid_t jvm = fork();
  CHECK_OK(jvm);
  (void)keyboard;
  if (jvm > 0) {
    check_exits_with_0(jvm);
    return;
  }
  pid_t pid;
  CHECK_OK(prctl(PR_SET_PDEATHSIG, SIGKILL));
  CHECK_OK(setpgid(0, 0));
  CHECK(process_can_stop(getpid()));
  struct supervised child =
      supervise_after(read_nothing, 60000, (char *const[]){TREE_MEMBER, "0", "0", NULL});
  child.command = next_record(&child).pid;
  expect_here(&child, 1, &pid);
  order(&child, SIGTSTP | SUPERVISOR_PASSED_ON);
  expect_got(&child, 1, SIGTSTP, child.supervisor);
  force(&child, &pid, 1);
  _exit(0);
}

CASE(a_stop_is_passed_on_by_a_jvm_of_a_shell_with_job_control) {
  with_terminal(check_stop);
}
