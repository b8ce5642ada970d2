/* A signal that the previous handler's owner sends to its own threads, as HotSpot does with SIGUSR2. */
#include "test/support.h"
#include "test/test.h"

#include <sys/syscall.h>
#include <unistd.h>

static int owner_calls;

static void owner(int signal, siginfo_t *info, void *context) {
  CHECK_EQ(signal, SIGUSR2);
  CHECK_EQ(info->si_code, SI_TKILL);
  CHECK_EQ(info->si_pid, getpid());
  CHECK(context != NULL);
  owner_calls++;
}

static void open_private(size_t pipe_bytes, int (*take)(int)) {
  struct sigaction action = {.sa_sigaction = owner, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigemptyset(&action.sa_mask);
  set_action(SIGUSR2, &action);
  CHECK_OK(heliograph_open(pipe_bytes));
  CHECK_OK(heliograph_set_private(SIGUSR2));
  CHECK_OK(take(SIGUSR2));
}

static void kill_the_parent(void) {
  CHECK_EQ(kill(getppid(), SIGUSR2), 0);
}

static void tgkill_the_parent(void) {
  CHECK_EQ(syscall(SYS_tgkill, getppid(), getppid(), SIGUSR2), 0);
}

static void queue_to_the_parent(void) {
  queue_surely(getppid(), SIGUSR2, 8);
}

/* A record of what came, and the owner's handler not called for it. */
static void check_recorded_alone(int code, pid_t sender) {
  int calls = owner_calls;
  struct heliograph_record record = read_one();
  CHECK_EQ(record.signal, SIGUSR2);
  CHECK_EQ(record.code, code);
  CHECK_EQ(record.pid, sender);
  CHECK_EQ(record.flags, 0);
  CHECK_EQ(owner_calls, calls);
}

static void check_from_child(void (*send)(void), int code) {
  pid_t child = start_child(send);
  check_recorded_alone(code, child);
  check_exits_with_0(child);
}

static void check_both_kinds(int (*take)(int)) {
  open_private(0, take);
  CHECK_EQ(raise(SIGUSR2), 0);
  CHECK_EQ(owner_calls, 1);
  CHECK_EQ(ledger_of(SIGUSR2).arrived, 0);

  check_from_child(kill_the_parent, SI_USER);
  check_from_child(tgkill_the_parent, SI_TKILL);
  check_from_child(queue_to_the_parent, SI_QUEUE);
  CHECK_EQ(owner_calls, 1);
  CHECK_EQ(ledger_of(SIGUSR2).arrived, 3);

  CHECK_EQ(raise(SIGUSR2), 0);
  CHECK_EQ(owner_calls, 2);
  CHECK_EQ(ledger_of(SIGUSR2).arrived, 3);
}

CASE(caught_the_owners_own_is_passed_on_and_all_else_is_recorded) {
  check_both_kinds(heliograph_catch);
}

CASE(observed_the_owners_own_is_passed_on_and_all_else_is_recorded) {
  check_both_kinds(heliograph_observe);
}

CASE(heliograph_raise_is_not_taken_for_the_owners_own) {
  open_private(0, heliograph_catch);
  CHECK_OK(heliograph_raise(SIGUSR2));
  check_recorded_alone(SI_USER, getpid());
  CHECK_EQ(owner_calls, 0);
}

CASE(errno_is_kept_when_it_is_passed_on) {
  open_private(0, heliograph_catch);
  errno = 4242;
  CHECK_EQ(raise(SIGUSR2), 0);
  CHECK_EQ(errno, 4242);
  CHECK_EQ(owner_calls, 1);
}

CASE(with_a_full_pipe_all_else_is_counted_and_not_passed_on) {
  struct tally tally = {0};
  open_private(4096, heliograph_observe);
  for (int i = 0; i < 100; i++) {
    CHECK_OK(heliograph_raise(SIGUSR2));
    settle();
  }
  CHECK_EQ(raise(SIGUSR2), 0);
  CHECK_EQ(owner_calls, 1);
  drain_into(&tally);
  check_ledger(SIGUSR2, 100, &tally);
  CHECK_EQ(tally.lost[SIGUSR2], 100 - 64);
}

CASE(restored_the_owner_has_its_signal_back) {
  open_private(0, heliograph_catch);
  CHECK_OK(heliograph_restore(SIGUSR2));
  CHECK(action_of(SIGUSR2).sa_sigaction == owner);
  CHECK_EQ(raise(SIGUSR2), 0);
  CHECK_EQ(owner_calls, 1);
}

CASE(what_is_no_signal_cannot_be_private) {
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(heliograph_set_private(0), -EINVAL);
  CHECK_EQ(heliograph_set_private(SIGRTMAX + 1), -EINVAL);
  CHECK_EQ(heliograph_set_private(SIGKILL), -EINVAL);
}
