#include "supervise.h"

#include "above.h"
#include "came.h"
#include "forcing.h"
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

static struct {
  const struct charge *charge;
  pid_t command;
  int signal_fd;
  int result_fd;   /* of the start; -1 when that is known */
  siginfo_t end;   /* of the command; si_pid is 0 before */
  sigset_t missed; /* by the command, which came into being later */
  bool asks_are_plain;
  bool jvm_is_gone;
  bool forced;
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

static void report_came(int signal) {
  report(SUPERVISOR_CAME, signal);
}

static void report_denied(int pid) {
  report(SUPERVISOR_DENIED, pid);
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

static bool is_end(const siginfo_t *child) {
  return child->si_code == CLD_EXITED || child->si_code == CLD_KILLED || child->si_code == CLD_DUMPED;
}

static void take_change(const siginfo_t *child) {
  if (child->si_pid != state.command || state.end.si_pid != 0)
    return;      /* somebody whose parent has ended, or who has been given the command's pid after its end */
  take_result(); /* a command that ends at once has been started before */
  if (is_end(child)) {
    state.end = *child;
    came_tell(report_came);
  }
  report(kind_of(child), child->si_status);
}

/* As a subreaper it is the parent of all whose own parent has ended. False where no child is left. */
static bool reap(void) {
  bool some_are_missed = false;
  for (;;) {
    siginfo_t child = {.si_pid = 0};
    if (waitid(P_ALL, 0, &child, WEXITED | WSTOPPED | WCONTINUED | WNOHANG) != 0)
      return errno != ECHILD;
    if (child.si_pid == 0)
      break;
    if (is_end(&child))
      some_are_missed |=
          tell_may_have_missed(child.si_pid, child.si_code == CLD_EXITED ? 0 : child.si_status);
    take_change(&child);
  }
  if (some_are_missed)
    tell_missed();
  return true;
}

static bool is_signal(int number) {
  return number >= 1 && number <= SIGRTMAX;
}

/* A shell's, about jobs. The JVM lets us go on by one of them. */
static bool is_job_control(int signal) {
  return signal == SIGCONT || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

/* By an si_code above 0 it is the kernel's own, and has no sender. */
static bool is_from_jvm(const siginfo_t *info) {
  return info->si_code <= 0 && info->si_pid == state.charge->jvm;
}

static bool is_from_above(const siginfo_t *info) {
  return info->si_code <= 0 && above_has(state.charge->inheritance.above, info->si_pid);
}

/* Those who have been told are not told again. */
static void tell(int signal, enum once_told told) {
  if (told != ONCE_ALL)
    tell_tree(signal, told == ONCE_GROUP);
}

static void take_of_jvm(int signal) {
  if (signal == SUPERVISOR_FORCE)
    state.forced = true;
  else if (signal != SUPERVISOR_PLAIN && !is_job_control(signal))
    tell(signal, once_asked(signal, now_ms()));
}

/* Not passed on: who means others of the tree has sent it to them as well; who means the JVM lets it ask. */
static void take_of_others(const siginfo_t *info) {
  came_note(info->si_signo);
  if (sigismember(&state.missed, info->si_signo) != 1)
    once_came(info->si_signo, is_from_above(info) ? ONCE_ALL : ONCE_GROUP, now_ms());
}

static bool is_pending(int signal) {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, signal) == 1;
}

/* Else it has signalled its whole group. */
static bool is_for_us(int signal) {
  return signal == SUPERVISOR_FORCE || signal == SUPERVISOR_PLAIN || is_job_control(signal) ||
         state.asks_are_plain || is_pending(SUPERVISOR_PLAIN);
}

static void take(const siginfo_t *info) {
  if (is_from_jvm(info) && is_for_us(info->si_signo))
    take_of_jvm(info->si_signo);
  else
    take_of_others(info);
}

/* The kernel gives what is pending by its number, so that the ask can come before what was sent before it. */
static void take_pending(int signal) {
  siginfo_t info;
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal);
  while (signal != SUPERVISOR_ASK && sigtimedwait(&one, &info, &(struct timespec){0}) == signal)
    take(&info);
}

static void ask(int value) {
  int signal = value & SUPERVISOR_SIGNAL_MASK;
  bool was_sent = (value & SUPERVISOR_SENT) != 0;
  take_pending(signal);
  tell(signal, was_sent ? once_asked(signal, supervisor_moment_ms(value, now_ms())) : ONCE_NOBODY);
  if ((value & SUPERVISOR_WAKE) != 0)
    wake_tree();
}

static bool is_ask(const siginfo_t *info) {
  return info->si_signo == SUPERVISOR_ASK && info->si_code == SI_QUEUE && is_from_jvm(info) &&
         is_signal(info->si_value.sival_int & SUPERVISOR_SIGNAL_MASK);
}

static bool is_pending_in_jvm(int signal) {
  return process_has_pending(state.charge->jvm, signal);
}

static siginfo_t info_of(const struct signalfd_siginfo *got) {
  siginfo_t info = {.si_signo = (int)got->ssi_signo, .si_code = got->ssi_code};
  info.si_pid = (pid_t)got->ssi_pid;
  info.si_value.sival_int = got->ssi_int;
  return info;
}

/*
 * Some, and no more: who sends faster than they are taken is not to keep us from everything else. What is
 * asked comes last, since it is about the others.
 */
static void take_signals(void) {
  struct signalfd_siginfo got[16];
  siginfo_t infos[16];
  ssize_t bytes = read(state.signal_fd, got, sizeof got);
  size_t count = bytes < 0 ? 0 : (size_t)bytes / sizeof *got;
  for (size_t i = 0; i < count; i++) {
    infos[i] = info_of(&got[i]);
    state.asks_are_plain |= infos[i].si_signo == SUPERVISOR_PLAIN && is_from_jvm(&infos[i]);
  }
  for (size_t i = 0; i < count; i++)
    if (!is_ask(&infos[i]))
      take(&infos[i]);
  for (size_t i = 0; i < count; i++)
    if (is_ask(&infos[i]))
      ask(infos[i].si_value.sival_int);
}

/* How long to sleep, in milliseconds; -1: until something happens. */
static int patience(void) {
  int64_t next = once_next_ms();
  if (state.jvm_is_gone && (next < 0 || state.deadline_ms < next))
    next = state.deadline_ms;
  if (state.forced)
    next = now_ms() + forcing_patience_ms();
  if (next < 0)
    return -1;
  int64_t left = next - now_ms();
  return left < 0 ? 0 : left > 1000000 ? 1000000 : (int)left;
}

static void lose_jvm(void) {
  state.jvm_is_gone = true;
  state.deadline_ms = now_ms() + state.charge->grace_ms;
  ask(SIGTERM | SUPERVISOR_WAKE | SUPERVISOR_SENT | supervisor_moment(now_ms()));
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
  once_look(now_ms(), is_pending_in_jvm);
  take_signals();
  if ((fds[2].revents & POLLERR) != 0)
    lose_jvm();
  if (state.jvm_is_gone && now_ms() >= state.deadline_ms)
    state.forced = true;
}

_Noreturn void supervise(const struct charge *charge) {
  sigset_t all;
  sigfillset(&all);
  state.charge = charge;
  state.signal_fd = signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
  if (state.signal_fd < 0)
    fail(errno);
  pid_t command = command_start(&charge->inheritance, charge->command, &state.result_fd, &state.missed);
  if (command < 0)
    fail(-command);
  state.command = command;
  command_leave_files();
  take_signals();
  sigemptyset(&state.missed);
  while (reap()) {
    wait_for_something();
    if (state.forced)
      forcing_kill(report_denied);
  }
  came_tell(report_came);
  report(SUPERVISOR_EMPTY, 0);
  command_end_like(&state.end);
}
