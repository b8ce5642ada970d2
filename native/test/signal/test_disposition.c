/* Taking dispositions over, and putting them back exactly. */
#include "test/support.h"
#include "test/test.h"

#include <unistd.h>

static void handle(int signal) {
  (void)signal;
}

static void handle_with_info(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)info;
  (void)context;
}

static void put_default(int number) {
  signal(number, SIG_DFL);
}

static void put_ignore(int number) {
  signal(number, SIG_IGN);
}

static void put_handler(int number) {
  set_handler(number, handle);
}

static void put_handler_with_odd_flags(int number) {
  struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART | SA_NODEFER | SA_NOCLDSTOP};
  sigfillset(&action.sa_mask);
  sigdelset(&action.sa_mask, SIGWINCH);
  set_action(number, &action);
}

static void put_info_handler_with_odd_flags(int number) {
  struct sigaction action = {.sa_sigaction = handle_with_info};
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND | SA_NOCLDWAIT;
  sigemptyset(&action.sa_mask);
  sigaddset(&action.sa_mask, SIGTTIN);
  sigaddset(&action.sa_mask, SIGRTMIN + 7);
  sigaddset(&action.sa_mask, SIGRTMAX);
  set_action(number, &action);
}

static void put_ignore_with_flags(int number) {
  struct sigaction action = {.sa_handler = SIG_IGN, .sa_flags = SA_RESTART | SA_NOCLDWAIT};
  sigemptyset(&action.sa_mask);
  sigaddset(&action.sa_mask, SIGINT);
  set_action(number, &action);
}

static void (*const former[])(int) = {
    put_default,
    put_ignore,
    put_handler,
    put_handler_with_odd_flags,
    put_info_handler_with_odd_flags,
    put_ignore_with_flags,
};

static int (*const take[])(int) = {
    heliograph_catch, heliograph_observe, heliograph_observe_default, heliograph_ignore, heliograph_default,
};

#define FORMERS (sizeof former / sizeof *former)
#define TAKES (sizeof take / sizeof *take)

static const int signals[] = {SIGHUP, SIGUSR1, SIGCHLD, SIGTSTP, SIGCONT, SIGPIPE, SIGTERM, SIGABRT};

/* From every former disposition through every two of ours, and back. */
static void check_there_and_back(int signal) {
  for (size_t before = 0; before < FORMERS; before++)
    for (size_t first = 0; first < TAKES; first++)
      for (size_t second = 0; second < TAKES; second++) {
        former[before](signal);
        struct sigaction expected = action_of(signal);
        CHECK_EQ(take[first](signal), 0);
        CHECK_EQ(take[second](signal), 0);
        CHECK_EQ(heliograph_restore(signal), 0);
        struct sigaction actual = action_of(signal);
        check_same_action(&actual, &expected);
      }
}

CASE(restore_puts_back_exactly_what_was_there) {
  CHECK_OK(heliograph_open(0));
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
    check_there_and_back(signals[i]);
  check_there_and_back(SIGRTMIN + 4);
  check_there_and_back(SIGRTMAX);
}

CASE(restoring_twice_changes_nothing) {
  put_info_handler_with_odd_flags(SIGUSR1);
  struct sigaction expected = action_of(SIGUSR1);
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(heliograph_restore(SIGUSR1), 0);
  put_handler(SIGUSR1);
  expected = action_of(SIGUSR1);
  CHECK_EQ(heliograph_restore(SIGUSR1), 0);
  struct sigaction actual = action_of(SIGUSR1);
  check_same_action(&actual, &expected);
}

CASE(restoring_what_was_never_changed_changes_nothing) {
  put_handler_with_odd_flags(SIGUSR1);
  struct sigaction expected = action_of(SIGUSR1);
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(heliograph_restore(SIGUSR1), 0);
  struct sigaction actual = action_of(SIGUSR1);
  check_same_action(&actual, &expected);
}

CASE(what_was_there_is_looked_at_anew_after_a_restore) {
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(heliograph_restore(SIGUSR1), 0);
  put_handler_with_odd_flags(SIGUSR1);
  struct sigaction expected = action_of(SIGUSR1);
  CHECK_EQ(heliograph_catch(SIGUSR1), 0);
  CHECK_EQ(heliograph_restore(SIGUSR1), 0);
  struct sigaction actual = action_of(SIGUSR1);
  check_same_action(&actual, &expected);
}

CASE(ignore_and_default_are_the_kernels_own) {
  put_handler(SIGUSR1);
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(heliograph_ignore(SIGUSR1), 0);
  CHECK(action_of(SIGUSR1).sa_handler == SIG_IGN);
  CHECK(proc_says(getpid(), "SigIgn", SIGUSR1));
  raise(SIGUSR1);
  CHECK_EQ(ledger_of(SIGUSR1).arrived, 0);
  CHECK_EQ(heliograph_default(SIGUSR1), 0);
  CHECK(action_of(SIGUSR1).sa_handler == SIG_DFL);
  CHECK(!proc_says(getpid(), "SigIgn", SIGUSR1));
  CHECK(!proc_says(getpid(), "SigCgt", SIGUSR1));
}

CASE(the_last_call_holds) {
  struct heliograph_record records[4];
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(heliograph_ignore(SIGUSR1), 0);
  raise(SIGUSR1);
  CHECK_EQ(heliograph_catch(SIGUSR1), 0);
  raise(SIGUSR1);
  CHECK_EQ(heliograph_ignore(SIGUSR1), 0);
  raise(SIGUSR1);
  CHECK_EQ(drain(records, 4), 1);
}

CASE(a_caught_signal_interrupts_no_system_call_for_good) {
  open_and_catch(0, SIGUSR1);
  CHECK((action_of(SIGUSR1).sa_flags & SA_RESTART) != 0);
}

static void check_refused(int signal) {
  for (size_t i = 0; i < TAKES; i++)
    CHECK_EQ(take[i](signal), -EINVAL);
}

CASE(signals_that_cannot_be_had_are_refused) {
  const int refused[] = {SIGKILL, SIGSTOP, SIGSEGV, SIGBUS, SIGFPE, SIGILL, 0, 32, 33, -1};
  CHECK_OK(heliograph_open(0));
  struct sigaction segv = action_of(SIGSEGV);
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    check_refused(refused[i]);
  check_refused(SIGRTMAX + 1);
  check_refused(1 << 30);
  struct sigaction after = action_of(SIGSEGV);
  check_same_action(&after, &segv);
}

CASE(every_other_signal_can_be_caught) {
  struct tally tally = {0};
  CHECK_OK(heliograph_open(0));
  for (int signal = 1; signal <= SIGRTMAX; signal++) {
    if (heliograph_signal_name(signal) == NULL || signal == SIGKILL || signal == SIGSTOP ||
        signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL)
      continue;
    CHECK_EQ(heliograph_catch(signal), 0);
    CHECK_EQ(raise(signal), 0);
    drain_into(&tally);
    check_ledger(signal, 1, &tally);
  }
  CHECK_EQ(tally.all, 31 - 6 + (uint64_t)(SIGRTMAX - SIGRTMIN + 1));
}
