/* The reader unblocks a signal in its own thread if the thread that catches the signal blocks it. */
#include "test/support.h"
#include "test/test.h"

#include <sched.h>
#include <unistd.h>

static void wait_until_blocked(pid_t tid, int signal, bool blocked) {
  while (proc_says(tid, "SigBlk", signal) != blocked)
    sched_yield();
}

static pid_t tid_of(struct reader *reader) {
  while (atomic_load(&reader->tid) == 0)
    sched_yield();
  return atomic_load(&reader->tid);
}

static void send(int signal) {
  CHECK_EQ(kill(getpid(), signal), 0);
}

static void await_arrivals(int signal, uint64_t arrived) {
  while (ledger_of(signal).arrived < arrived)
    sched_yield();
}

CASE(it_arrives_in_the_reader) {
  struct reader reader = {0};
  block(SIGUSR1);
  open_and_catch(0, SIGUSR1);
  start_reader(&reader, 3);
  for (uint64_t i = 1; i <= 3; i++) {
    send(SIGUSR1);
    await_arrivals(SIGUSR1, i);
  }
  join_reader(&reader);
  CHECK(is_blocked_here(SIGUSR1));
  check_ledger(SIGUSR1, 3, &reader.tally);
}

CASE_NOT_UNDER_TSAN(a_reader_that_sleeps_already_unblocks_it) {
  struct reader reader = {0};
  block(SIGUSR1);
  CHECK_OK(heliograph_open(0));
  start_reader(&reader, 1);
  pid_t tid = tid_of(&reader);
  while (!is_asleep(tid))
    sched_yield();
  CHECK(proc_says(tid, "SigBlk", SIGUSR1));
  CHECK_OK(heliograph_catch(SIGUSR1));
  wait_until_blocked(tid, SIGUSR1, false);
  send(SIGUSR1);
  join_reader(&reader);
}

CASE(what_was_pending_when_it_was_caught_arrives) {
  block(SIGUSR1);
  send(SIGUSR1);
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(read_one().signal, SIGUSR1);
}

CASE(observed_it_arrives_in_the_reader_too) {
  struct reader reader = {0};
  block(SIGTERM);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGTERM));
  start_reader(&reader, 1);
  send(SIGTERM);
  join_reader(&reader);
  CHECK(is_blocked_here(SIGTERM));
}

CASE(after_a_restore_the_reader_blocks_it_again) {
  struct reader reader = {0};
  block(SIGUSR1);
  open_and_catch(0, SIGUSR1);
  start_reader(&reader, 2);
  pid_t tid = tid_of(&reader);
  for (uint64_t round = 1; round <= 2; round++) {
    send(SIGUSR1);
    await_arrivals(SIGUSR1, round);
    if (round == 2)
      break;
    CHECK_OK(heliograph_restore(SIGUSR1));
    wait_until_blocked(tid, SIGUSR1, true);
    CHECK_OK(heliograph_catch(SIGUSR1));
    wait_until_blocked(tid, SIGUSR1, false);
  }
  join_reader(&reader);
}

CASE(restoring_one_leaves_the_other_unblocked) {
  struct reader reader = {0};
  block(SIGUSR1);
  block(SIGRTMIN + 2);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_catch(SIGRTMIN + 2));
  start_reader(&reader, 1);
  pid_t tid = tid_of(&reader);
  wait_until_blocked(tid, SIGUSR1, false);
  wait_until_blocked(tid, SIGRTMIN + 2, false);
  CHECK_OK(heliograph_restore(SIGUSR1));
  wait_until_blocked(tid, SIGUSR1, true);
  CHECK(!proc_says(tid, "SigBlk", SIGRTMIN + 2));
  send(SIGRTMIN + 2);
  join_reader(&reader);
}

CASE(going_on_from_catch_to_observe_keeps_it_unblocked) {
  struct reader reader = {0};
  block(SIGUSR1);
  open_and_catch(0, SIGUSR1);
  start_reader(&reader, 2);
  send(SIGUSR1);
  await_arrivals(SIGUSR1, 1);
  unblock(SIGUSR1); /* it was blocked when it was taken over, and that holds until it is restored */
  CHECK_OK(heliograph_observe(SIGUSR1));
  block(SIGUSR1);
  send(SIGUSR1);
  join_reader(&reader);
}

static _Atomic(pid_t) blocking_reader;

static void *read_two_with_usr1_blocked(void *unused) {
  block(SIGUSR1);
  atomic_store(&blocking_reader, thread_id());
  CHECK_EQ(read_one().signal, SIGUSR2);
  CHECK(is_blocked_here(SIGUSR1));
  CHECK_EQ(read_one().signal, SIGUSR1); /* that main took */
  CHECK(is_blocked_here(SIGUSR1));
  return unused;
}

CASE(a_signal_that_was_not_blocked_leaves_the_readers_mask_alone) {
  pthread_t thread;
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_catch(SIGUSR2));
  CHECK_EQ(pthread_create(&thread, NULL, read_two_with_usr1_blocked, NULL), 0);
  while (atomic_load(&blocking_reader) == 0)
    sched_yield();
  raise(SIGUSR2);
  raise(SIGUSR1);
  CHECK_EQ(pthread_join(thread, NULL), 0);
}

CASE(one_thread_alone_is_reader_and_catcher) {
  struct heliograph_record record;
  block(SIGUSR1);
  open_and_catch(0, SIGUSR1);
  send(SIGUSR1);
  CHECK_EQ(read_one().signal, SIGUSR1);
  CHECK(!is_blocked_here(SIGUSR1));
  CHECK_OK(heliograph_restore(SIGUSR1));
  CHECK_OK(heliograph_set_blocking(0));
  CHECK_EQ(heliograph_read(&record, 1), 0);
  CHECK_EQ(heliograph_read(&record, 1), 0);
  CHECK(is_blocked_here(SIGUSR1));
}

CASE(observed_the_default_that_would_have_stayed_pending_is_not_due) {
  block(SIGUSR1);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGUSR1));
  send(SIGUSR1);
  CHECK_EQ(read_one().flags, 0);
  unblock(SIGUSR1); /* nothing is pending that could end this process */
}

CASE(observed_to_meet_its_default_it_is_due_all_the_same) {
  block(SIGUSR1);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe_default(SIGUSR1));
  send(SIGUSR1);
  CHECK_EQ(read_one().flags, HELIOGRAPH_DEFAULT_DUE);
}
