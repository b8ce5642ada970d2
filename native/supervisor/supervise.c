#include "supervisor/supervise.h"

#include "deadline/running_time.h"
#include "supervisor/kill_tree.h"
#include "supervisor/process.h"
#include "supervisor/protocol.h"
#include "supervisor/signal_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SIGNALS = 65 };

/* A sender that signals many processes one by one needs less time than this. */
enum { SAME_SIGNAL_MS = 500 };

#define NS_PER_MS INT64_C(1000000)

static struct {
  const struct charge *charge;
  pid_t command;
  int signal_fd;
  int result_fd;                /* of the start; -1 when that is known */
  siginfo_t end;                /* of the command; si_pid is 0 before */
  bool owns_group;              /* false: in the JVM's group, so that the command can read the terminal */
  int64_t received_ms[SIGNALS]; /* when this process last received the signal from another one; 0: never */
  bool jvm_is_gone;
  bool forced;
  struct running_time since_gone;
} state;

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Blocks while the pipe is full, until the JVM reads or is gone (EPIPE). */
static void report(int kind, int value) {
  const struct supervisor_record record = {state.charge->id, kind, state.command, value};
  while (write(state.charge->status_fd, &record, sizeof record) < 0 && errno == EINTR)
    ;
}

static void fail(int error) {
  report(SUPERVISOR_FAILED, error);
  exit(127);
}

static void take_result(void) {
  int error = 0;
  ssize_t got = state.result_fd < 0 ? -1 : read(state.result_fd, &error, sizeof error);
  if (got < 0)
    return;
  close(state.result_fd);
  state.result_fd = -1;
  if (got == sizeof error) {
    waitpid(state.command, NULL, 0);
    fail(error);
  }
  report(SUPERVISOR_STARTED, 0);
}

static const int kinds[] = {
    [CLD_EXITED] = SUPERVISOR_EXITED,   [CLD_KILLED] = SUPERVISOR_KILLED,
    [CLD_DUMPED] = SUPERVISOR_DUMPED,   [CLD_TRAPPED] = SUPERVISOR_STOPPED,
    [CLD_STOPPED] = SUPERVISOR_STOPPED, [CLD_CONTINUED] = SUPERVISOR_CONTINUED,
};

static bool is_end(const siginfo_t *child) {
  return child->si_code == CLD_EXITED || child->si_code == CLD_KILLED || child->si_code == CLD_DUMPED;
}

/* Another child is one whose parent has ended. It can have been given the command's pid after its end. */
static void take_change(const siginfo_t *child) {
  if (child->si_pid != state.command || state.end.si_pid != 0)
    return;
  take_result(); /* a command that ends at once has been started before */
  if (is_end(child))
    state.end = *child;
  report(kinds[child->si_code], child->si_status);
}

/* A subreaper is the parent of each descendant whose own parent has ended. False if no child is left. */
static bool reap(void) {
  for (;;) {
    siginfo_t child = {.si_pid = 0};
    if (waitid(P_ALL, 0, &child, WEXITED | WSTOPPED | WCONTINUED | WNOHANG) != 0)
      return errno != ECHILD;
    if (child.si_pid == 0)
      break;
    if (is_end(&child))
      note_end(child.si_code == CLD_EXITED ? 0 : child.si_status);
    take_change(&child);
  }
  signal_orphans();
  return true;
}

/*
 * Whether the processes of the group have the signal already. A service manager that signals every process of
 * a control group signals this one, too. A terminal signals the JVM's group, and us if we are in it; but a
 * signal that it sent before the command was forked did not reach the command.
 */
static bool have_it_already(int signal, int flags) {
  int64_t received = state.received_ms[signal];
  if ((flags & SUPERVISOR_PASSED_ON) == 0 || received == 0)
    return false;
  if ((flags & SUPERVISOR_FROM_KERNEL) != 0 && !state.owns_group)
    return true;
  return now_ms() - received <= SAME_SIGNAL_MS;
}

/* A JVM that does not stop itself would never continue its workers either. */
static bool would_stop_alone(int signal, int flags) {
  return signal == SIGTSTP && (flags & SUPERVISOR_PASSED_ON) != 0 && !process_can_stop(state.charge->jvm);
}

static void obey(int order) {
  int signal = order & SUPERVISOR_SIGNAL_MASK;
  int flags = order & ~SUPERVISOR_SIGNAL_MASK;
  if (signal < 1 || signal >= SIGNALS)
    return;
  if (!have_it_already(signal, flags) && !would_stop_alone(signal, flags))
    signal_tree(signal, state.owns_group);
  if ((flags & SUPERVISOR_WAKE) != 0)
    continue_tree(state.owns_group);
}

/* A signal with an si_code above 0 is the kernel's own, and has no sender. */
static bool is_sent_by(const struct signalfd_siginfo *got, pid_t pid) {
  return got->ssi_code <= 0 && (pid_t)got->ssi_pid == pid;
}

static bool is_order(const struct signalfd_siginfo *got) {
  return (int)got->ssi_signo == SUPERVISOR_ORDER && got->ssi_code == SI_QUEUE &&
         is_sent_by(got, state.charge->jvm);
}

/* The JVM sends CONT so that this process hears what follows. What we sent to the group comes back to us. */
static void take(const struct signalfd_siginfo *got) {
  int signal = (int)got->ssi_signo;
  if (is_sent_by(got, getpid()))
    return;
  if (!is_sent_by(got, state.charge->jvm))
    state.received_ms[signal] = now_ms();
  else if (signal == SUPERVISOR_FORCE)
    state.forced = true;
  else if (signal != SIGCONT && got->ssi_code == SI_USER)
    obey(signal);
}

/*
 * A sender that is faster than this process does not keep it from everything else: it takes some signals, and
 * no more. Orders come last, since they are about the others.
 */
static void take_signals(void) {
  struct signalfd_siginfo got[16];
  ssize_t bytes = read(state.signal_fd, got, sizeof got);
  size_t count = bytes < 0 ? 0 : (size_t)bytes / sizeof *got;
  for (size_t i = 0; i < count; i++)
    if (!is_order(&got[i]))
      take(&got[i]);
  for (size_t i = 0; i < count; i++)
    if (is_order(&got[i]))
      obey(got[i].ssi_int);
}

/* How long to sleep, in milliseconds; -1: until something happens. */
static int patience(void) {
  if (state.forced)
    return kill_tree_patience_ms();
  return state.jvm_is_gone ? (int)(TICK_NS / NS_PER_MS) : -1;
}

static void lose_jvm(void) {
  state.jvm_is_gone = true;
  state.since_gone.looked_ns = now_ms() * NS_PER_MS;
  obey(SIGTERM | SUPERVISOR_WAKE | SUPERVISOR_PASSED_ON);
}

/* The grace period counts the time in which this process could run: the tree is stopped or frozen with it. */
static void limit_the_end(void) {
  heliograph_running_time_look(&state.since_gone, now_ms() * NS_PER_MS);
  if (state.since_gone.passed_ns >= state.charge->grace_ms * NS_PER_MS)
    state.forced = true;
}

/* POLLERR at the pipe: no process has the read end any more. */
static void wait_for_something(void) {
  struct pollfd fds[] = {
      {.fd = state.signal_fd, .events = POLLIN},
      {.fd = state.result_fd, .events = POLLIN},
      {.fd = state.jvm_is_gone ? -1 : state.charge->status_fd},
  };
  (void)poll(fds, sizeof fds / sizeof *fds, patience());
  take_result();
  take_signals();
  if ((fds[2].revents & POLLERR) != 0)
    lose_jvm();
  if (state.jvm_is_gone)
    limit_the_end();
}

/* A process of another group than the terminal's foreground cannot read from it. */
static bool leave_group_of_jvm(void) {
  bool reads_terminal = tcgetpgrp(STDIN_FILENO) >= 0;
  return !reads_terminal && setpgid(0, 0) == 0;
}

_Noreturn void supervise(const struct charge *charge) {
  sigset_t all;
  sigfillset(&all);
  state.charge = charge;
  state.owns_group = leave_group_of_jvm();
  state.signal_fd = signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
  if (state.signal_fd < 0)
    fail(errno);
  pid_t command = command_start(&charge->inheritance, charge->command, &state.result_fd);
  if (command < 0)
    fail(-command);
  state.command = command;
  command_leave_files();
  take_signals();
  memset(state.received_ms, 0, sizeof state.received_ms); /* the command was not there yet */
  while (reap()) {
    wait_for_something();
    pid_t denied = state.forced ? kill_tree() : 0;
    if (denied != 0)
      report(SUPERVISOR_DENIED, denied);
  }
  report(SUPERVISOR_EMPTY, 0);
  command_end_like(&state.end);
}
