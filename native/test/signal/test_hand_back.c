/* The process lives on without a reader: what nobody has handled happens as it would have without us. */
#include "test/support.h"
#include "test/test.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t calls;
static siginfo_t last;

static void note(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  calls++;
  last = *info;
}

static void set_noting_handler(int signal) {
  struct sigaction action = {.sa_sigaction = note, .sa_flags = SA_SIGINFO};
  set_action(signal, &action);
}

static void check_is_closed(int signal) {
  struct heliograph_record record;
  CHECK(action_of(signal).sa_sigaction == note);
  CHECK_EQ(heliograph_read(&record, 1), -EBADF);
  CHECK_EQ(heliograph_hand_back(), -EBADF);
}

CASE(a_caught_arrival_that_nobody_read_goes_to_the_handler_that_was_there) {
  set_noting_handler(SIGRTMIN);
  open_and_catch(0, SIGRTMIN);
  queue_surely(getpid(), SIGRTMIN, 42);
  settle();
  CHECK_EQ(calls, 0);
  CHECK_OK(heliograph_hand_back());
  settle();
  CHECK_EQ(calls, 1);
  CHECK_EQ(last.si_code, SI_QUEUE);
  CHECK_EQ(last.si_pid, getpid());
  CHECK_EQ(last.si_uid, getuid());
  CHECK_EQ(last.si_value.sival_int, 42);
}

CASE(an_arrival_that_was_read_is_not_sent_again) {
  set_noting_handler(SIGUSR1);
  open_and_catch(0, SIGUSR1);
  raise_surely(SIGUSR1);
  CHECK_EQ(read_one().flags, 0);
  CHECK_OK(heliograph_hand_back());
  settle();
  CHECK_EQ(calls, 0);
  check_is_closed(SIGUSR1);
}

CASE(an_observed_arrival_is_not_handled_twice) {
  set_noting_handler(SIGUSR1);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGUSR1));
  raise_surely(SIGUSR1);
  CHECK_EQ(calls, 1);
  CHECK_OK(heliograph_hand_back());
  settle();
  CHECK_EQ(calls, 1);
  check_is_closed(SIGUSR1);
}

static void hand_back_a_caught_one(void) {
  open_and_catch(0, SIGTERM);
  raise_surely(SIGTERM);
  CHECK_OK(heliograph_hand_back());
  settle();
}

static void observe_term(void) {
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGTERM));
  raise_surely(SIGTERM);
}

static void hand_back_an_observed_one(void) {
  observe_term();
  CHECK_OK(heliograph_hand_back());
  settle();
}

static void hand_back_one_that_was_read(void) {
  observe_term();
  CHECK_EQ(read_one().flags, HELIOGRAPH_DEFAULT_DUE);
  CHECK_OK(heliograph_hand_back());
  settle();
}

CASE(the_default_action_happens_if_it_is_due) {
  check_dies_by(start_child(hand_back_a_caught_one), SIGTERM);
  check_dies_by(start_child(hand_back_an_observed_one), SIGTERM);
  check_dies_by(start_child(hand_back_one_that_was_read), SIGTERM);
}

static void stop_once(void) {
  CHECK_EQ(setpgid(0, 0), 0); /* not an orphaned group, in which TSTP does nothing */
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGTSTP));
  raise_surely(SIGTSTP);
  CHECK_EQ(read_one().flags, HELIOGRAPH_DEFAULT_DUE);
  CHECK_OK(heliograph_run_default_action(SIGTSTP));
  CHECK_OK(heliograph_hand_back());
}

CASE_NOT_UNDER_TSAN(a_default_action_that_has_happened_does_not_happen_again) {
  int status;
  pid_t child = start_child(stop_once);
  CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
  CHECK(WIFSTOPPED(status));
  CHECK_OK(kill(child, SIGCONT));
  check_exits_with_0(child);
}

CASE(what_is_blocked_and_pending_stays_so) {
  set_noting_handler(SIGUSR1);
  block(SIGUSR1);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(kill(getpid(), SIGUSR1));
  CHECK_OK(heliograph_hand_back());
  CHECK_EQ(calls, 0);
  unblock(SIGUSR1);
  settle();
  CHECK_EQ(calls, 1);
  check_is_closed(SIGUSR1);
}
