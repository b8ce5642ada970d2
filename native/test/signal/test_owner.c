/* Arrivals that are left to the handler that was there before, as a profiler's timers and a JVM's attachers.
 */
#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int owner_calls;

static void owner(int signal, siginfo_t *info, void *context) {
  (void)signal;
  CHECK(info != NULL && context != NULL);
  owner_calls++;
}

static void set_owner(int signal) {
  struct sigaction action = {.sa_sigaction = owner, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigemptyset(&action.sa_mask);
  set_action(signal, &action);
  CHECK_OK(heliograph_open(0));
}

/* One expiry of a timer that sends the signal to this thread's process; its handler has run when this
 * returns. */
static void expire(int signal) {
  timer_t timer;
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = signal};
  CHECK_EQ(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
  sigset_t pending;
  block(signal);
  struct itimerspec soon = {.it_value = {.tv_nsec = 1}};
  CHECK_EQ(timer_settime(timer, 0, &soon, NULL), 0);
  do
    CHECK_EQ(sigpending(&pending), 0);
  while (sigismember(&pending, signal) == 0);
  unblock(signal);
  settle();
  CHECK_EQ(timer_delete(timer), 0);
}

/* As expire(), by the interval timer of the process's CPU time, which names no timer in its siginfo. */
static void expire_of_cpu_time(int signal) {
  sigset_t pending;
  block(signal);
  struct itimerval soon = {.it_value = {.tv_usec = 1}};
  CHECK_EQ(setitimer(ITIMER_PROF, &soon, NULL), 0);
  do
    CHECK_EQ(sigpending(&pending), 0);
  while (sigismember(&pending, signal) == 0);
  unblock(signal);
  settle();
}

static void check_timers_are_left(int (*take)(int), uint64_t recorded) {
  set_owner(SIGPROF);
  CHECK_OK(heliograph_leave_timers(SIGPROF));
  CHECK_OK(take(SIGPROF));
  expire(SIGPROF);
  CHECK_EQ(owner_calls, 1);
  CHECK_EQ(ledger_of(SIGPROF).arrived, 0);
  int calls = owner_calls;
  CHECK_OK(heliograph_raise(SIGPROF));
  settle();
  CHECK_EQ(ledger_of(SIGPROF).arrived, recorded);
  CHECK_EQ(owner_calls, take == heliograph_observe ? calls + 1 : calls);
  calls = owner_calls;
  expire(SIGPROF);
  expire_of_cpu_time(SIGPROF);
  CHECK_EQ(ledger_of(SIGPROF).arrived, recorded);
  CHECK_EQ(owner_calls, calls + 2);
}

CASE(caught_timers_are_left) {
  check_timers_are_left(heliograph_catch, 1);
}

CASE(observed_timers_are_left) {
  check_timers_are_left(heliograph_observe, 1);
}

CASE(ignored_timers_are_left) {
  check_timers_are_left(heliograph_ignore, 0);
  CHECK(action_of(SIGPROF).sa_handler != SIG_IGN);
}

CASE(without_an_owner_a_timer_is_recorded) {
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_leave_timers(SIGPROF));
  CHECK_OK(heliograph_catch(SIGPROF));
  expire(SIGPROF);
  CHECK_EQ(read_one().cause, HELIOGRAPH_TIMER_EXPIRED);
}

CASE(without_an_owner_ignoring_is_the_kernels) {
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_leave_timers(SIGPROF));
  CHECK_OK(heliograph_ignore(SIGPROF));
  CHECK(action_of(SIGPROF).sa_handler == SIG_IGN);
}

static void use_the_default(void) {
  set_owner(SIGPROF);
  CHECK_OK(heliograph_leave_timers(SIGPROF));
  CHECK_OK(heliograph_default(SIGPROF));
  expire(SIGPROF);
  CHECK_EQ(owner_calls, 1);
  raise(SIGPROF);
}

CASE(with_the_default_timers_are_left_and_all_else_ends_the_process) {
  check_dies_by(start_child(use_the_default), SIGPROF);
}

CASE(the_signal_that_is_private_is_not_ignored_for_its_owner) {
  set_owner(SIGUSR2);
  CHECK_OK(heliograph_set_private(SIGUSR2));
  CHECK_OK(heliograph_ignore(SIGUSR2));
  CHECK_EQ(raise(SIGUSR2), 0);
  CHECK_EQ(owner_calls, 1);
  CHECK_OK(heliograph_raise(SIGUSR2));
  settle();
  CHECK_EQ(owner_calls, 1);
  CHECK_EQ(ledger_of(SIGUSR2).arrived, 0);
}

/* Makes the file in this folder, sends QUIT, and takes the file away. */
static void ask_to_be_let_in(const char *folder) {
  char file[64];
  (void)snprintf(file, sizeof file, "%s/.attach_pid%d", folder, (int)getpid());
  int fd = open(file, O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  CHECK(fd >= 0);
  CHECK_EQ(kill(getpid(), SIGQUIT), 0);
  settle();
  CHECK_EQ(unlink(file), 0);
  CHECK_EQ(close(fd), 0);
}

static void check_attachers_are_left(int (*take)(int), uint64_t attachers, uint64_t others) {
  char folder[] = "/tmp/heliograph-test-XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  CHECK_EQ(chdir(folder), 0);
  set_owner(SIGQUIT);
  CHECK_OK(heliograph_leave_attach(SIGQUIT));
  CHECK_OK(take(SIGQUIT));
  ask_to_be_let_in("/tmp");
  CHECK_EQ(owner_calls, 1);
  ask_to_be_let_in(".");
  CHECK_EQ(owner_calls, 2);
  CHECK_EQ(ledger_of(SIGQUIT).arrived, attachers);
  CHECK_EQ(kill(getpid(), SIGQUIT), 0);
  settle();
  CHECK_EQ(owner_calls, take == heliograph_observe ? 3 : 2);
  CHECK_EQ(ledger_of(SIGQUIT).arrived, attachers + others);
  CHECK_EQ(chdir("/"), 0);
  CHECK_EQ(rmdir(folder), 0);
}

CASE(caught_attachers_are_left) {
  check_attachers_are_left(heliograph_catch, 0, 1);
}

CASE(observed_attachers_are_recorded_and_passed_on) {
  check_attachers_are_left(heliograph_observe, 2, 1);
}

CASE(ignored_attachers_are_left) {
  check_attachers_are_left(heliograph_ignore, 0, 0);
}

CASE(what_is_no_signal_cannot_be_left) {
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(heliograph_leave_timers(0), -EINVAL);
  CHECK_EQ(heliograph_leave_attach(SIGKILL), -EINVAL);
}
