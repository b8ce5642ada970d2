/* Somebody else's handler, put above ours while ours is there. */
#include "test/support.h"
#include "test/test.h"

#include <unistd.h>

static struct sigaction below_a; /* what foreign_a found, and calls */
static struct sigaction below_b;
static int base_calls;
static int a_calls;
static int b_calls;
static int seen_value;

static void base(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)context;
  base_calls++;
  seen_value = info->si_value.sival_int;
}

static void call(const struct sigaction *action, int signal, siginfo_t *info, void *context) {
  if ((action->sa_flags & SA_SIGINFO) != 0)
    action->sa_sigaction(signal, info, context);
  else
    action->sa_handler(signal);
}

static void foreign_a(int signal, siginfo_t *info, void *context) {
  CHECK(++a_calls < 100); /* endless recursion otherwise ends in a stack overflow, which says less */
  call(&below_a, signal, info, context);
}

static void foreign_b(int signal, siginfo_t *info, void *context) {
  CHECK(++b_calls < 100);
  call(&below_b, signal, info, context);
}

static void foreign_that_keeps_it(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)info;
  (void)context;
  a_calls++;
}

static void put(void (*handler)(int, siginfo_t *, void *), struct sigaction *found) {
  struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  CHECK_EQ(sigaction(SIGUSR1, &action, found), 0);
}

static void send_value(int value) {
  queue_surely(getpid(), SIGUSR1, value);
  settle();
}

static void forget_calls(void) {
  a_calls = b_calls = base_calls = 0;
}

static void check_calls(int a, int b, int of_base) {
  CHECK_EQ(a_calls, a);
  CHECK_EQ(b_calls, b);
  CHECK_EQ(base_calls, of_base);
  forget_calls();
}

static void check_recorded(uint64_t arrived) {
  struct tally tally = {0};
  struct heliograph_counts before = ledger_of(SIGUSR1);
  struct heliograph_record records[8];
  size_t count = drain(records, 8);
  tally.last_sequence = before.dispatched;
  add_to_tally(&tally, records, (ssize_t)count);
  CHECK_EQ(tally.all, arrived);
}

static void take_above_base(int (*take)(int)) {
  put(base, NULL);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(take(SIGUSR1));
  put(foreign_a, &below_a);
}

CASE(restore_leaves_it_alone_and_ours_passes_on) {
  take_above_base(heliograph_catch);
  struct sigaction foreign = action_of(SIGUSR1);
  raise(SIGUSR1);
  check_calls(1, 0, 0); /* it calls ours, and ours catches */
  check_recorded(1);
  CHECK_EQ(heliograph_restore(SIGUSR1), 0);
  struct sigaction after = action_of(SIGUSR1);
  check_same_action(&after, &foreign);
  send_value(9);
  check_calls(1, 0, 1);
  CHECK_EQ(seen_value, 9);
  check_recorded(0);
}

CASE(ours_passes_on_after_closing_too) {
  take_above_base(heliograph_catch);
  CHECK_OK(heliograph_close());
  raise(SIGUSR1);
  check_calls(1, 0, 1);
}

CASE(when_it_goes_away_ours_beneath_passes_on) {
  take_above_base(heliograph_catch);
  CHECK_OK(heliograph_restore(SIGUSR1));
  set_action(SIGUSR1, &below_a); /* a well-behaved one puts back what it found: ours */
  raise(SIGUSR1);
  check_calls(0, 0, 1);
  check_recorded(0);
}

CASE(observed_beneath_it_the_original_is_called_once) {
  take_above_base(heliograph_observe);
  raise(SIGUSR1);
  check_calls(1, 0, 1);
  check_recorded(1);
}

CASE(catching_again_goes_above_it) {
  take_above_base(heliograph_observe);
  CHECK_OK(heliograph_catch(SIGUSR1));
  raise(SIGUSR1);
  check_recorded(1);
  CHECK_EQ(base_calls, 0);
}

/* The last call for a signal holds, even if it is the same call, and the handler above does not chain. */
CASE(the_same_call_again_goes_above_one_that_does_not_chain) {
  put(base, NULL);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_catch(SIGUSR1));
  put(foreign_that_keeps_it, NULL);
  raise(SIGUSR1);
  check_recorded(0);
  check_calls(1, 0, 0);
  CHECK_OK(heliograph_catch(SIGUSR1));
  raise(SIGUSR1);
  check_recorded(1);
  check_calls(0, 0, 0);
}

CASE(observing_again_chains_to_it_and_to_the_original_once) {
  take_above_base(heliograph_catch);
  CHECK_OK(heliograph_observe(SIGUSR1));
  send_value(5);
  check_calls(1, 0, 1);
  CHECK_EQ(seen_value, 5);
  check_recorded(1);
}

CASE(observing_again_after_a_restore_chains_to_each_once) {
  take_above_base(heliograph_observe);
  struct sigaction foreign = action_of(SIGUSR1);
  for (int round = 0; round < 3; round++) {
    CHECK_OK(heliograph_restore(SIGUSR1));
    struct sigaction after = action_of(SIGUSR1);
    check_same_action(&after, &foreign);
    raise(SIGUSR1);
    check_calls(1, 0, 1);
    check_recorded(0);
    CHECK_OK(heliograph_observe(SIGUSR1));
    raise(SIGUSR1);
    check_calls(1, 0, 1);
    check_recorded(1);
  }
}

CASE(two_of_them_in_turns_with_ours_are_each_called_once) {
  take_above_base(heliograph_catch);
  CHECK_OK(heliograph_observe(SIGUSR1));
  put(foreign_b, &below_b);
  CHECK_OK(heliograph_catch(SIGUSR1));
  CHECK_OK(heliograph_observe(SIGUSR1));
  raise(SIGUSR1);
  check_calls(1, 1, 1);
  check_recorded(1);
}

CASE(two_of_them_in_turns_with_restores_are_each_called_once) {
  take_above_base(heliograph_observe);
  CHECK_OK(heliograph_restore(SIGUSR1));
  CHECK_OK(heliograph_observe(SIGUSR1));
  put(foreign_b, &below_b);
  CHECK_OK(heliograph_restore(SIGUSR1));
  CHECK_OK(heliograph_observe(SIGUSR1));
  raise(SIGUSR1);
  check_calls(1, 1, 1);
  check_recorded(1);
  CHECK_OK(heliograph_restore(SIGUSR1));
  raise(SIGUSR1);
  check_calls(1, 1, 1);
  check_recorded(0);
}

static void chain_down_to_the_default(void) {
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_catch(SIGUSR1));
  put(foreign_a, &below_a);
  CHECK_OK(heliograph_restore(SIGUSR1));
  raise(SIGUSR1);
}

CASE(ours_passes_on_to_the_default_action) {
  check_dies_by(start_child(chain_down_to_the_default), SIGUSR1);
}

CASE(ours_passes_on_to_ignoring) {
  signal(SIGUSR1, SIG_IGN);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_catch(SIGUSR1));
  put(foreign_a, &below_a);
  CHECK_OK(heliograph_restore(SIGUSR1));
  raise(SIGUSR1);
  check_calls(1, 0, 0);
  check_recorded(0);
}
