/* The child of a plain fork() meets what was there before, and writes nothing into the parent's pipe. */
#include "test/support.h"
#include "test/test.h"

#include <unistd.h>

static _Atomic(int) calls;

static void count_call(int signal) {
  (void)signal;
  calls++;
}

static void check_arrived_here_alone(int signal, uint64_t arrived) {
  struct tally tally = {0};
  drain_into(&tally);
  check_ledger(signal, arrived, &tally);
  CHECK_EQ(tally.all, arrived);
}

static void meet_the_handler(void) {
  calls = 0;
  raise(SIGUSR1);
  CHECK_EQ(calls, 1);
  CHECK(action_of(SIGUSR1).sa_handler == count_call);
}

CASE(the_child_meets_the_handler_that_was_there) {
  set_handler(SIGUSR1, count_call);
  open_and_catch(0, SIGUSR1);
  check_exits_with_0(start_child(meet_the_handler));
  raise(SIGUSR1);
  CHECK_EQ(calls, 0);
  check_arrived_here_alone(SIGUSR1, 1);
}

CASE(the_child_of_an_observer_meets_the_handler_once) {
  set_handler(SIGUSR1, count_call);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGUSR1));
  check_exits_with_0(start_child(meet_the_handler));
  check_arrived_here_alone(SIGUSR1, 0);
}

static void raise_term(void) {
  raise(SIGTERM);
}

CASE(the_child_meets_the_default_action) {
  open_and_catch(0, SIGTERM);
  check_dies_by(start_child(raise_term), SIGTERM);
  CHECK_OK(heliograph_observe(SIGTERM));
  check_dies_by(start_child(raise_term), SIGTERM);
  check_arrived_here_alone(SIGTERM, 0);
}

CASE(the_child_ignores_what_was_ignored) {
  signal(SIGTERM, SIG_IGN);
  open_and_catch(0, SIGTERM);
  check_exits_with_0(start_child(raise_term));
  check_arrived_here_alone(SIGTERM, 0);
}

static void open_ones_own(void) {
  struct tally tally = {0};
  open_and_catch(0, SIGUSR1);
  raise(SIGUSR1);
  drain_into(&tally);
  check_ledger(SIGUSR1, 1, &tally);
  CHECK_OK(heliograph_close());
}

CASE(the_child_can_open_an_instance_of_its_own) {
  open_and_catch(0, SIGUSR1);
  raise(SIGUSR1);
  check_exits_with_0(start_child(open_ones_own));
  check_arrived_here_alone(SIGUSR1, 1);
}

static void check_mask(void) {
  CHECK(is_blocked_here(SIGWINCH));
  CHECK(!is_blocked_here(SIGUSR1));
  CHECK(!is_blocked_here(SIGTERM));
}

CASE(both_have_the_mask_that_the_parent_had) {
  block(SIGWINCH);
  open_and_catch(0, SIGUSR1);
  check_exits_with_0(start_child(check_mask));
  check_mask();
}

static atomic_bool stop;

static void *raise_until_stopped(void *raised) {
  while (!atomic_load(&stop)) {
    raise(SIGUSR1);
    ++*(uint64_t *)raised;
  }
  return NULL;
}

CASE(forking_while_signals_arrive_is_safe) {
  pthread_t thread;
  uint64_t raised = 0;
  set_handler(SIGUSR1, count_call);
  open_and_catch(4096, SIGUSR1);
  CHECK_EQ(pthread_create(&thread, NULL, raise_until_stopped, &raised), 0);
  for (int i = 0; i < LOOPS(300); i++)
    check_exits_with_0(start_child(meet_the_handler));
  atomic_store(&stop, true);
  CHECK_EQ(pthread_join(thread, NULL), 0);
  CHECK_EQ(calls, 0);
  check_arrived_here_alone(SIGUSR1, raised);
}
