/* A run-time that sets its own handlers by a function of its own, as HotSpot does, gone through by ours. */
#include "test/signal/run_time.h"
#include "test/support.h"
#include "test/test.h"

#include <unistd.h>

static int64_t ask(int signal, int64_t handler) {
  return heliograph_register(run_time_register, signal, handler);
}

static void check_is_of_run_time(int signal, int64_t handler) {
  struct sigaction actual = action_of(signal);
  struct sigaction expected = run_time_action((void *)(intptr_t)handler);
  check_same_action(&actual, &expected);
}

static void check_ours(int signal) {
  struct heliograph_disposition disposition;
  CHECK_OK(heliograph_get_disposition(signal, &disposition));
  CHECK(disposition.ours);
}

/* What a raise does: arrivals that ours took, calls of the two handlers. */
static void check_raise(int signal, uint64_t arrived, int own, int other) {
  struct heliograph_record records[4];
  uint64_t before = ledger_of(signal).arrived;
  own_calls = other_calls = 0;
  CHECK_EQ(raise(signal), 0);
  CHECK_EQ(ledger_of(signal).arrived - before, arrived);
  CHECK_EQ(own_calls, own);
  CHECK_EQ(other_calls, other);
  drain(records, 4);
}

CASE(what_is_not_held_is_the_run_times_alone) {
  CHECK_EQ(ask(SIGTERM, OWN), DEFAULT);
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(ask(SIGTERM, OTHER), OWN);
  check_is_of_run_time(SIGTERM, OTHER);
  CHECK_OK(heliograph_catch(SIGTERM));
  CHECK_OK(heliograph_restore(SIGTERM));
  CHECK_EQ(ask(SIGTERM, DEFAULT), OTHER);
  CHECK(action_of(SIGTERM).sa_handler == SIG_DFL);
}

CASE(observed_ours_stays_and_what_is_registered_is_called) {
  CHECK_EQ(ask(SIGTERM, OWN), DEFAULT);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGTERM));
  CHECK_EQ(ask(SIGTERM, OTHER), OWN);
  check_ours(SIGTERM);
  check_raise(SIGTERM, 1, 0, 1);
  CHECK_EQ(ask(SIGTERM, OWN), OTHER);
  check_raise(SIGTERM, 1, 1, 0);
  CHECK_EQ(ask(SIGTERM, IGNORE), OWN);
  check_raise(SIGTERM, 0, 0, 0); /* what is observed and ignored stays so */
  CHECK(action_of(SIGTERM).sa_handler == SIG_IGN);
}

CASE(caught_it_waits_beneath_until_ours_goes) {
  CHECK_EQ(ask(SIGHUP, OWN), DEFAULT);
  open_and_catch(0, SIGHUP);
  CHECK_EQ(ask(SIGHUP, OTHER), OWN);
  check_ours(SIGHUP);
  check_raise(SIGHUP, 1, 0, 0);
  CHECK_OK(heliograph_restore(SIGHUP));
  check_is_of_run_time(SIGHUP, OTHER);
}

CASE(ignored_or_by_default_it_waits_beneath_too) {
  int (*const take[])(int) = {heliograph_ignore, heliograph_default};
  CHECK_OK(heliograph_open(0));
  for (size_t i = 0; i < 2; i++) {
    CHECK_EQ(ask(SIGTERM, OWN), DEFAULT);
    CHECK_EQ(take[i](SIGTERM), 0);
    struct sigaction standing = action_of(SIGTERM);
    CHECK_EQ(ask(SIGTERM, OTHER), OWN);
    struct sigaction after = action_of(SIGTERM);
    check_same_action(&after, &standing);
    CHECK_OK(heliograph_restore(SIGTERM));
    check_is_of_run_time(SIGTERM, OTHER);
    CHECK_EQ(ask(SIGTERM, DEFAULT), OTHER);
  }
}

CASE(saving_and_restoring_many_times_leaves_all_as_it_was) {
  CHECK_EQ(ask(SIGUSR1, OWN), DEFAULT);
  struct sigaction before = action_of(SIGUSR1);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGUSR1));
  struct sigaction ours = action_of(SIGUSR1);
  for (int round = 0; round < 10; round++) {
    int64_t saved = ask(SIGUSR1, OTHER);
    check_raise(SIGUSR1, 1, 0, 1);
    CHECK_EQ(ask(SIGUSR1, saved), OTHER);
    check_raise(SIGUSR1, 1, 1, 0);
  }
  struct sigaction after = action_of(SIGUSR1);
  check_same_action(&after, &ours);
  CHECK_OK(heliograph_close());
  after = action_of(SIGUSR1);
  check_same_action(&after, &before);
}

CASE(what_the_run_time_refuses_changes_nothing) {
  run_time_is_reduced = true;
  set_handler(SIGTERM, other_handler);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGTERM));
  CHECK_OK(heliograph_catch(SIGQUIT));
  struct sigaction ours = action_of(SIGTERM);
  CHECK_EQ(ask(SIGTERM, OWN), REFUSED);
  CHECK_EQ(ask(SIGQUIT, OWN), REFUSED);
  struct sigaction after = action_of(SIGTERM);
  check_same_action(&after, &ours);
  check_raise(SIGTERM, 1, 0, 1);
}

/* HotSpot leaves what nohup ignores, and says that it is ignored; ours may have it caught all the same. */
CASE(what_was_ignored_before_stays_for_the_run_time) {
  int (*const take[])(int) = {heliograph_observe, heliograph_catch, heliograph_ignore, heliograph_default};
  signal(SIGHUP, SIG_IGN);
  CHECK_OK(heliograph_open(0));
  for (size_t i = 0; i < sizeof take / sizeof *take; i++) {
    CHECK_OK(take[i](SIGHUP));
    struct sigaction standing = action_of(SIGHUP);
    CHECK_EQ(ask(SIGHUP, OWN), IGNORE);
    struct sigaction after = action_of(SIGHUP);
    check_same_action(&after, &standing);
    CHECK_OK(heliograph_restore(SIGHUP));
    CHECK(action_of(SIGHUP).sa_handler == SIG_IGN);
  }
}

CASE(others_that_were_ignored_are_registered_all_the_same) {
  signal(SIGUSR1, SIG_IGN);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGUSR1));
  CHECK_EQ(ask(SIGUSR1, OWN), IGNORE);
  check_ours(SIGUSR1);
  check_raise(SIGUSR1, 1, 1, 0);
}

static struct sigaction found_by_foreign;
static int foreign_calls;

static void foreign(int signal, siginfo_t *info, void *context) {
  CHECK(++foreign_calls < 100);
  found_by_foreign.sa_sigaction(signal, info, context);
}

static void put_foreign(int signal) {
  struct sigaction action = {.sa_sigaction = foreign, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  CHECK_EQ(sigaction(signal, &action, &found_by_foreign), 0);
}

CASE(in_place_of_a_foreign_handler_ours_is_on_top_again) {
  CHECK_EQ(ask(SIGUSR1, OWN), DEFAULT);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGUSR1));
  CHECK_EQ(heliograph_displaced(), 0);
  put_foreign(SIGUSR1);
  CHECK_EQ(heliograph_displaced(), UINT64_C(1) << (SIGUSR1 - 1));
  int64_t saved = ask(SIGUSR1, OTHER);
  CHECK_EQ(saved, (int64_t)(intptr_t)foreign);
  CHECK_EQ(heliograph_displaced(), 0);
  check_ours(SIGUSR1);
  check_raise(SIGUSR1, 1, 0, 1);
  CHECK_EQ(foreign_calls, 0);
  /* It chains to ours, which is above it now: down to what was there before both. */
  CHECK_EQ(ask(SIGUSR1, saved), OTHER);
  check_raise(SIGUSR1, 1, 1, 0);
  CHECK_EQ(foreign_calls, 1);
}

CASE(a_foreign_handler_that_goes_is_displaced_no_more) {
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_ignore(SIGUSR2));
  put_foreign(SIGUSR1);
  signal(SIGUSR2, SIG_DFL);
  CHECK_EQ(heliograph_displaced(), UINT64_C(1) << (SIGUSR1 - 1) | UINT64_C(1) << (SIGUSR2 - 1));
  set_action(SIGUSR1, &found_by_foreign);
  signal(SIGUSR2, SIG_IGN);
  CHECK_EQ(heliograph_displaced(), 0);
  put_foreign(SIGUSR1);
  CHECK_OK(heliograph_restore(SIGUSR1));
  CHECK_EQ(heliograph_displaced(), 0);
}

static void on_owners(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)context;
  CHECK_EQ(info->si_code, SI_TKILL);
  foreign_calls++;
}

/* HotSpot goes on to suspend its threads by USR2, whatever the app registers for it. */
CASE(a_private_signals_owner_keeps_its_own_arrivals) {
  struct sigaction owners = {.sa_sigaction = on_owners, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigemptyset(&owners.sa_mask);
  set_action(SIGUSR2, &owners);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_set_private(SIGUSR2));
  CHECK_OK(heliograph_observe(SIGUSR2));
  for (int round = 1; round <= 3; round++) {
    int64_t saved = ask(SIGUSR2, OWN);
    CHECK_EQ(saved, (int64_t)(intptr_t)on_owners);
    check_raise(SIGUSR2, 0, 0, 0);
    CHECK_EQ(foreign_calls, 2 * round - 1);
    own_calls = 0;
    uint64_t before = ledger_of(SIGUSR2).arrived;
    CHECK_EQ(kill(getpid(), SIGUSR2), 0);
    settle();
    CHECK_EQ(own_calls, 1);
    CHECK_EQ(ledger_of(SIGUSR2).arrived - before, 1);
    CHECK_EQ(ask(SIGUSR2, saved), OWN);
    CHECK_EQ(raise(SIGUSR2), 0);
    CHECK_EQ(foreign_calls, 2 * round);
  }
}

static atomic_bool stop;

static void *keep_raising(void *argument) {
  uint64_t *raised = argument;
  while (!atomic_load(&stop)) {
    raise(SIGUSR1);
    ++*raised;
  }
  return NULL;
}

/* Each arrival is ours and one of theirs: at no moment is there a gap. */
static void check_no_arrival_is_missed(int (*take)(int), bool chained) {
  pthread_t raiser;
  uint64_t raised = 0;
  struct tally tally = {0};
  CHECK_EQ(ask(SIGUSR1, OWN), DEFAULT);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(take(SIGUSR1));
  CHECK_EQ(pthread_create(&raiser, NULL, keep_raising, &raised), 0);
  for (int i = 0; i < LOOPS(20000); i++) {
    CHECK_EQ(ask(SIGUSR1, OTHER), OWN);
    CHECK_EQ(ask(SIGUSR1, OWN), OTHER);
    if (i % 100 == 0)
      drain_into(&tally);
  }
  atomic_store(&stop, true);
  CHECK_EQ(pthread_join(raiser, NULL), 0);
  drain_into(&tally);
  CHECK(raised > 0);
  check_ledger(SIGUSR1, raised, &tally);
  CHECK_EQ((uint64_t)(own_calls + other_calls), chained ? raised : 0);
}

CASE(under_fire_every_observed_arrival_is_seen_and_handled_once) {
  check_no_arrival_is_missed(heliograph_observe, true);
}

CASE(under_fire_every_caught_arrival_is_ours_alone) {
  check_no_arrival_is_missed(heliograph_catch, false);
}
