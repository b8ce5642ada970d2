#include "supervise.h"

#include "above.h"
#include "once.h"
#include "process.h"
#include "protocol.h"
#include "tell.h"
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Between two looks for who is still to be killed, where no child's end calls for one before: at first, and
 * at last. */
enum { KILL_AGAIN_MS = 10, KILL_AGAIN_LATE_MS = 1000 };

static struct {
  const struct charge *charge;
  pid_t command;
  int signal_fd;
  int result_fd; /* of the start; -1 when that is known */
  siginfo_t end; /* of the command; si_pid is 0 before */
  bool jvm_is_gone;
  bool forced;
  int kill_again_ms;
  bool denial_is_told;
  int64_t deadline_ms; /* where the JVM is gone */
} state;

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*
 * This may block where the pipe is full, until the JVM reads or is gone (EPIPE): meanwhile nobody is there to
 * hear what else would be told.
 */
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

static int kind_of(const siginfo_t *child) {
  switch (child->si_code) {
  case CLD_EXITED:
    return SUPERVISOR_EXITED;
  case CLD_KILLED:
    return SUPERVISOR_KILLED;
  case CLD_DUMPED:
    return SUPERVISOR_DUMPED;
  case CLD_CONTINUED:
    return SUPERVISOR_CONTINUED;
  default:
    return SUPERVISOR_STOPPED;
  }
}

static void take_change(const siginfo_t *child) {
  if (child->si_pid != state.command || state.end.si_pid != 0)
    return;      /* somebody whose parent has ended, or who has been given the command's pid after its end */
  take_result(); /* a command that ends at once has been started before */
  report(kind_of(child), child->si_status);
  if (child->si_code == CLD_EXITED || child->si_code == CLD_KILLED || child->si_code == CLD_DUMPED)
    state.end = *child;
}

/* As a subreaper it is the parent of all whose own parent has ended. False where no child is left. */
static bool reap(void) {
  for (;;) {
    siginfo_t child = {.si_pid = 0};
    if (waitid(P_ALL, 0, &child, WEXITED | WSTOPPED | WCONTINUED | WNOHANG) != 0)
      return errno != ECHILD;
    if (child.si_pid == 0)
      return true;
    take_change(&child);
  }
}

static void ask(int value) {
  int signal = value & 0xff;
  int64_t now = now_ms();
  enum once_told told = once_asked(signal, now - (value >> SUPERVISOR_AGE_SHIFT), now);
  if (told != ONCE_ALL)
    tell_tree(signal, told == ONCE_GROUP || (value & SUPERVISOR_TERMINAL_TOLD) != 0);
  if ((value & SUPERVISOR_WAKE) != 0)
    wake_tree();
}

static bool is_signal(int number) {
  return number >= 1 && number <= SIGRTMAX;
}

/* They are about jobs, which are process groups: whoever sends them sends them to the whole group. */
static bool is_job_control(int signal) {
  return signal == SIGCONT || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

static bool is_of_tree(pid_t pid) {
  struct tree tree = {0};
  tree_look(&tree, NULL);
  bool has = tree_has(&tree, pid);
  tree_free(&tree);
  return has;
}

static bool is_pending_in_jvm(int signal) {
  return process_has_pending(state.charge->jvm, signal);
}

static void take_signal(const struct signalfd_siginfo *info) {
  int signal = (int)info->ssi_signo;
  pid_t sender = (pid_t)info->ssi_pid;
  bool from_jvm = sender == state.charge->jvm;
  if (signal == SIGCHLD)
    return;
  if (signal == SUPERVISOR_ASK && from_jvm && info->ssi_code == SI_QUEUE && is_signal(info->ssi_int & 0xff))
    ask(info->ssi_int);
  else if (signal == SUPERVISOR_FORCE && from_jvm)
    state.forced = true;
  else if (info->ssi_code > 0 || is_job_control(signal) || above_has(state.charge->inheritance.above, sender))
    return; /* the terminal has told the command, too, or the supervisor above has told the whole tree */
  else if (from_jvm)
    tell_tree(signal, false);
  else
    once_came(signal, now_ms(), is_of_tree(sender)); /* of the tree: the command, for one, tells its parent */
}

static void take_signals(void) {
  struct signalfd_siginfo infos[16];
  ssize_t got;
  while ((got = read(state.signal_fd, infos, sizeof infos)) > 0)
    for (size_t i = 0; i < (size_t)got / sizeof *infos; i++)
      take_signal(&infos[i]);
}

/* How long to sleep, in milliseconds; -1: until something happens. */
static int patience(void) {
  int64_t next = once_next_ms();
  if (state.jvm_is_gone && (next < 0 || state.deadline_ms < next))
    next = state.deadline_ms;
  if (state.forced)
    next = now_ms() + state.kill_again_ms;
  if (next < 0)
    return -1;
  int64_t left = next - now_ms();
  return left < 0 ? 0 : left > 1000000 ? 1000000 : (int)left;
}

static void lose_jvm(void) {
  state.jvm_is_gone = true;
  state.deadline_ms = now_ms() + state.charge->grace_ms;
  ask(SIGTERM | SUPERVISOR_WAKE);
}

static void wait_for_something(void) {
  struct pollfd fds[] = {
      {.fd = state.signal_fd, .events = POLLIN},
      {.fd = state.result_fd, .events = POLLIN},
      {.fd =
           state.jvm_is_gone ? -1 : state.charge->status_fd}, /* POLLERR: nobody has the read end any more */
  };
  (void)poll(fds, sizeof fds / sizeof *fds, patience());
  take_result();
  take_signals();
  if ((fds[2].revents & POLLERR) != 0)
    lose_jvm();
  int late;
  while ((late = once_due(now_ms(), is_pending_in_jvm)) != 0)
    tell_tree(late, false);
  if (state.jvm_is_gone && now_ms() >= state.deadline_ms)
    state.forced = true;
}

static void kill_all(void) {
  pid_t denied = kill_tree();
  if (denied != 0 && !state.denial_is_told) {
    report(SUPERVISOR_DENIED, denied);
    state.denial_is_told = true;
  }
  int next = 2 * state.kill_again_ms;
  state.kill_again_ms = next == 0 ? KILL_AGAIN_MS : next > KILL_AGAIN_LATE_MS ? KILL_AGAIN_LATE_MS : next;
}

/* The command's own input, output and folder are not to be held by somebody who does nothing with them. */
static void let_go(void) {
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int fd = 0; fd <= 2; fd++)
    if (null < 0 || dup2(null, fd) < 0)
      close(fd);
  if (null > 2)
    close(null);
  (void)!chdir("/");
}

_Noreturn void supervise(const struct charge *charge) {
  sigset_t all;
  sigfillset(&all);
  state.charge = charge;
  state.signal_fd = signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
  if (state.signal_fd < 0)
    fail(errno);
  pid_t command = command_start(&charge->inheritance, charge->command, &state.result_fd);
  if (command < 0)
    fail(-command);
  state.command = command;
  let_go();
  while (reap()) {
    wait_for_something();
    if (state.forced)
      kill_all();
  }
  report(SUPERVISOR_EMPTY, 0);
  command_end_like(&state.end);
}
