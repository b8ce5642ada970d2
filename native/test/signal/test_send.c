#include "test/support.h"
#include "test/test.h"

#include <unistd.h>

/* Linux gives no pid above 2^22. */
#define NO_PROCESS ((1 << 22) + 1)

static void wait_for_a_signal(void) {
  for (;;)
    pause();
}

CASE(send_is_kill) {
  CHECK_OK(heliograph_open(0));
  pid_t child = start_child(wait_for_a_signal);
  CHECK_EQ(heliograph_send(child, 0), 0);
  CHECK_EQ(heliograph_send(child, SIGTERM), 0);
  check_dies_by(child, SIGTERM);
}

CASE(send_says_what_the_kernel_says) {
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(heliograph_send(NO_PROCESS, SIGTERM), -ESRCH);
  CHECK_EQ(heliograph_send(getpid(), 99), -EINVAL);
  CHECK_EQ(heliograph_queue(NO_PROCESS, SIGTERM, 1), -ESRCH);
  CHECK_EQ(heliograph_queue(getpid(), 99, 1), -EINVAL);
}

CASE(send_to_this_process_is_recorded) {
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(heliograph_send(getpid(), SIGUSR1), 0);
  struct heliograph_record record = read_one();
  CHECK_EQ(record.signal, SIGUSR1);
  CHECK_EQ(record.code, SI_USER);
  CHECK_EQ(record.pid, getpid());
}

CASE(queue_to_this_process_is_recorded_with_its_value) {
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(heliograph_queue(getpid(), SIGUSR1, -7), 0);
  struct heliograph_record record = read_one();
  CHECK_EQ(record.code, SI_QUEUE);
  CHECK_EQ(record.pid, getpid());
  CHECK_EQ(record.value, -7);
}

/* Synchronous, as raise(3) is: the handler has run when it returns. */
CASE_NOT_UNDER_TSAN(raise_arrives_before_it_returns) {
  open_and_catch(0, SIGUSR1);
  for (uint64_t i = 1; i <= 1000; i++) {
    CHECK_EQ(heliograph_raise(SIGUSR1), 0);
    CHECK_EQ(ledger_of(SIGUSR1).arrived, i);
  }
}

static void *raise_here(void *unused) {
  CHECK_EQ(heliograph_raise(SIGUSR1), 0);
  settle();
  return unused;
}

CASE(raise_is_recorded_from_any_thread) {
  pthread_t thread;
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(pthread_create(&thread, NULL, raise_here, NULL), 0);
  struct heliograph_record record = read_one();
  CHECK_EQ(record.signal, SIGUSR1);
  CHECK_EQ(record.pid, getpid());
  CHECK_EQ(pthread_join(thread, NULL), 0);
}

CASE(raise_of_what_is_no_signal_is_refused) {
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(heliograph_raise(0), -EINVAL);
  CHECK_EQ(heliograph_raise(-1), -EINVAL);
  CHECK_EQ(heliograph_raise(SIGRTMAX + 1), -EINVAL);
}

static void *raise_blocked(void *unused) {
  block(SIGUSR1);
  CHECK_EQ(heliograph_raise(SIGUSR1), 0);
  return unused;
}

CASE_NOT_UNDER_TSAN(raise_where_it_is_blocked_arrives_where_it_is_not) {
  pthread_t thread;
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(pthread_create(&thread, NULL, raise_blocked, NULL), 0);
  CHECK_EQ(pthread_join(thread, NULL), 0);
  struct heliograph_record record = read_one();
  CHECK_EQ(record.signal, SIGUSR1);
  CHECK_EQ(record.code, SI_USER);
  CHECK_EQ(record.pid, getpid());
}

static void raise_term_by_default(void) {
  CHECK_OK(heliograph_open(0));
  heliograph_raise(SIGTERM);
}

CASE(raise_of_what_is_not_caught_does_what_it_does) {
  check_dies_by(start_child(raise_term_by_default), SIGTERM);
}
